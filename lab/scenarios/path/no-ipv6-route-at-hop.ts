import { both, failed, likely, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-ipv6-route-at-hop',
  side: 'path',
  title: 'The provider has no IPv6 route to the server; the name has only IPv6',
  target: 'https://six.example.com/',
  shows: 'unreachable-by-hop',
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [ip6('provider', 'route del 2001:db8:100::/64')],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.provider6 },
      innocent: ['internet-down', 'no-route'],
    }),
  ),
});
