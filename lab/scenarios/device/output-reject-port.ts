import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'output-reject-port',
  side: 'device',
  title: 'An nft rule rejects with "port unreachable": the same errno as a closed port',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['nothing-listening'],
  break: [filterRule('device', 'output', 'tcp dport 443 reject', { labelText: 'tcp dport 443' })],
  expect: localFirewall({ handleOf: 'block', chain: 'output' }),
  needs: ['nft'],
});
