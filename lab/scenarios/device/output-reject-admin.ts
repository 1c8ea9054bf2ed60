import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'output-reject-admin',
  side: 'device',
  title: 'An nft rule rejects outgoing HTTPS as prohibited',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  nearly: ['rejected-by-hop'],
  break: [filterRule('device', 'output', 'tcp dport 443 reject with icmpx admin-prohibited')],
  expect: localFirewall({ handleOf: 'block', chain: 'output' }),
  needs: ['nft'],
});
