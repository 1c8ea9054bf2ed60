import { both, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Only silence shows it: it is waited for with --thorough alone.
export default scenario({
  id: 'ipv6-silent',
  side: 'path',
  title: 'IPv6 to the server vanishes on the way, IPv4 works',
  target: 'https://shop.example.com/',
  shows: 'ipv6-broken',
  nearly: ['dropped-on-path'],
  arguments: ['--thorough'],
  break: [filterRule('provider', 'forward', 'ip6 daddr 2001:db8:100::/64 drop', { labelText: 'ip6 daddr' })],
  expect: both({ outcome: 'degraded', cause: 'ipv6-broken', ...likely }),
  needs: ['nft'],
});
