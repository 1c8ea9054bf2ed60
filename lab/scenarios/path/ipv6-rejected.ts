import { both, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'ipv6-rejected',
  side: 'path',
  title: 'IPv6 to the server is rejected on the way, IPv4 works',
  target: 'https://shop.example.com/',
  shows: 'ipv6-broken',
  nearly: ['rejected-by-hop'],
  break: [filterRule('provider', 'forward', 'ip6 daddr 2001:db8:100::/64 reject', { labelText: 'ip6 daddr' })],
  expect: both({ outcome: 'degraded', cause: 'ipv6-broken', ...likely }),
  needs: ['nft'],
});
