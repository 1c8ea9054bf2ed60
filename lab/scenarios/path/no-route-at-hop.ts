import { both, failed, likely, scenario } from '../../scenario.js';
import { ip, ip6 } from '../../world/steps.js';

export default scenario({
  id: 'no-route-at-hop',
  side: 'path',
  title: "The provider has lost its route to the server's network",
  target: 'https://shop.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['internet-down', 'no-route'],
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [ip('provider', 'route del 198.51.100.0/24'), ip6('provider', 'route del 2001:db8:100::/64')],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...likely,
      // Of both families; a run right after another one may hear of one of them only.
      culprit: { kind: 'hop', address: /^(?:203\.0\.113\.1|2001:db8:113:1::1)$/ },
      innocent: ['internet-down', 'no-route'],
    }),
  ),
});
