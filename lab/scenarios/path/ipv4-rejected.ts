import { both, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'ipv4-rejected',
  side: 'path',
  title: 'IPv4 to the server is rejected on the way, IPv6 works',
  target: 'https://shop.example.com/',
  shows: 'ipv4-broken',
  nearly: ['rejected-by-hop'],
  arguments: ['--thorough'],
  break: [
    filterRule('provider', 'forward', 'ip daddr 198.51.100.0/24 reject with icmp admin-prohibited', {
      labelText: 'ip daddr',
    }),
  ],
  expect: both({ outcome: 'degraded', cause: 'ipv4-broken', ...likely }),
  needs: ['nft'],
});
