import { both, failed, scenario } from '../../scenario.js';
import { engineEnvironment } from '../../world/containers.js';
import { docker0, dockerRules, webBesideDatabase } from '../../world/docker-rules.js';

// With br_netfilter what stays on one bridge passes FORWARD too; Docker's --icc=false is such a rule.
export default scenario({
  id: 'from-containers-bridged-drop',
  side: 'device',
  title: 'Two containers on one bridge, between which a rule of DOCKER-USER lets nothing pass',
  target: '172.17.0.3:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'server-firewall', 'host-down', 'containers-not-connected'],
  break: [
    ...webBesideDatabase,
    ...dockerRules([docker0], { user: ['-i docker0 -o docker0 -p tcp -m tcp --dport 5432 -j DROP'] }),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'docker', rule: { table: 'filter', chain: 'DOCKER-USER', number: 1 } },
      innocent: ['nothing-listening', 'server-firewall', 'host-down', 'containers-not-connected'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'br-netfilter'],
});
