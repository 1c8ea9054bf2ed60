import { both, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'ipv4-unroutable',
  side: 'path',
  title: 'The provider has no IPv4 route to the server, IPv6 works',
  target: 'https://shop.example.com/',
  shows: 'ipv4-broken',
  nearly: ['unreachable-by-hop'],
  arguments: ['--thorough'],
  break: [ip('provider', 'route del 198.51.100.0/24')],
  expect: both({ outcome: 'degraded', cause: 'ipv4-broken', ...likely }),
});
