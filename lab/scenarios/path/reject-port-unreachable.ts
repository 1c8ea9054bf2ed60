import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-port-unreachable',
  side: 'path',
  title: 'A hop says "port unreachable" for the server: connection refused, by somebody else',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['nothing-listening', 'server-firewall'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 reject with icmp port-unreachable', {
      family: 'ip',
      labelText: 'tcp dport 443',
    }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['nothing-listening'],
    }),
  ),
  needs: ['nft'],
});
