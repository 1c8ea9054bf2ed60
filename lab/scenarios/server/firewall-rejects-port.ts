import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'firewall-rejects-port',
  side: 'server',
  title: 'The server itself says "port unreachable" to TCP: no closed port does that',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['nothing-listening', 'rejected-by-hop'],
  break: [filterRule('server', 'input', 'tcp dport 443 reject', { labelText: 'tcp dport 443' })],
  expect: both(
    failed('server-firewall', {
      side: 'server',
      ...likely,
      culprit: { address: ADDRESS.server },
      innocent: ['nothing-listening', 'rejected-by-hop'],
    }),
  ),
  needs: ['nft'],
});
