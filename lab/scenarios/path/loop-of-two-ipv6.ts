import { both, failed, likely, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';

export default scenario({
  id: 'loop-of-two-ipv6',
  side: 'path',
  title: 'The same in IPv6: two routers send the packets back and forth',
  target: 'https://six.example.com/',
  shows: 'routing-loop',
  nearly: ['unreachable-by-hop', 'dropped-on-path'],
  break: [ip6('edge', 'route add 2001:db8:100::10/128 via 2001:db8:113:9::1')],
  expect: both(
    failed('routing-loop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', name: /2001:db8:113:9::9/ },
      innocent: ['unreachable-by-hop', 'host-down', 'rejected-by-hop', 'internet-down'],
    }),
  ),
  needs: ['ipv6'],
});
