import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'ipv6-rejected-here',
  side: 'device',
  title: "This device's own firewall rejects IPv6 only; IPv4 works",
  target: 'https://shop.example.com/',
  shows: 'ipv6-broken',
  nearly: ['rejected-by-hop'],
  break: [filterRule('device', 'output', 'ip6 daddr 2001:db8:100::/64 reject', { labelText: 'ip6 daddr' })],
  expect: both({
    outcome: 'degraded',
    cause: ['ipv6-broken', 'local-firewall'],
    side: 'this-device',
    innocent: ['rejected-by-hop'],
  }),
  needs: ['nft'],
});
