import { both, failed, scenario } from '../../scenario.js';
import { engineEnvironment } from '../../world/containers.js';
import { docker0, dockerRules, webBesideDatabase } from '../../world/docker-rules.js';
import { iptables } from '../../world/steps.js';

// As Docker writes it with "icc": false: the rule for what stays on the bridge drops.
export default scenario({
  id: 'from-containers-no-icc',
  side: 'device',
  title: 'Two containers on one network of Docker whose containers may not talk to each other',
  target: '172.17.0.3:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'containers-not-connected',
  nearly: ['nothing-listening', 'server-firewall', 'host-down', 'local-firewall'],
  break: [
    ...webBesideDatabase,
    ...dockerRules([docker0]),
    iptables('device', '-D FORWARD -i docker0 -o docker0 -j ACCEPT', '-A FORWARD -i docker0 -o docker0 -j DROP'),
  ],
  expect: both(
    failed('containers-not-connected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'docker', rule: { table: 'filter', chain: 'FORWARD', text: /-i docker0 -o docker0 -j DROP/ } },
      innocent: ['nothing-listening', 'server-firewall', 'host-down', 'local-firewall'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'br-netfilter'],
});
