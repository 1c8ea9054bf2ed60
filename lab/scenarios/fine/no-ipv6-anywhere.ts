import { both, reachable, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';

export default scenario({
  id: 'no-ipv6-anywhere',
  side: 'fine',
  title: 'This network has no IPv6 at all; the name has both',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['ipv6-broken'],
  break: [],
  distractors: [ip6('device', 'route flush dev eth0', 'addr flush dev eth0')],
  expect: both({ ...reachable, innocent: ['ipv6-broken', 'no-route'] }),
});
