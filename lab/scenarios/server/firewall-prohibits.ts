import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'firewall-prohibits',
  side: 'server',
  title: 'The server itself says "administratively prohibited"',
  target: 'https://shop.example.com/',
  shows: 'server-firewall',
  nearly: ['rejected-by-hop'],
  break: [
    filterRule('server', 'input', 'tcp dport 443 reject with icmpx admin-prohibited', { labelText: 'tcp dport 443' }),
  ],
  expect: both(
    failed('server-firewall', { side: 'server', ...likely, innocent: ['rejected-by-hop', 'local-firewall'] }),
  ),
  needs: ['nft'],
});
