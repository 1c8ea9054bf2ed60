import { both, failed, scenario } from '../../scenario.js';
import { engineEnvironment } from '../../world/containers.js';
import { docker0, dockerRules, webBesideDatabase } from '../../world/docker-rules.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'from-containers-bridge-table',
  side: 'device',
  title: 'Two containers on one bridge, between which a rule of a bridge table (as ebtables makes) lets nothing pass',
  target: '172.17.0.3:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'server-firewall', 'host-down', 'containers-not-connected'],
  break: [
    ...webBesideDatabase,
    ...dockerRules([docker0]),
    nft(
      'device',
      'table bridge lab {\n chain forward {\n  type filter hook forward priority 0; policy accept;\n  ip protocol tcp tcp dport 5432 drop\n }\n}\n',
      { block: 'dport 5432 drop' },
    ),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { handleOf: 'block' } },
      innocent: ['nothing-listening', 'server-firewall', 'host-down', 'containers-not-connected'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'nft'],
});
