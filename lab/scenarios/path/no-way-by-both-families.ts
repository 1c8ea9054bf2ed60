import { both, failed, scenario, sure } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'no-way-by-both-families',
  side: 'path',
  title: 'A router on the way says of both families that it knows no way to the server',
  target: 'https://shop.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['nothing-listening', 'ipv6-broken'],
  // By rules, which say so each time: of its own routes a router says so once a second (docs/kernel-facts.md).
  break: [
    nft(
      'provider',
      'table inet lab {\n chain forward {\n  type filter hook forward priority 0; policy accept;\n  ip daddr 198.51.100.0/24 reject with icmp type net-unreachable\n  ip6 daddr 2001:db8:100::/64 reject with icmpv6 type no-route\n }\n}\n',
    ),
  ],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...sure,
      culprit: { kind: 'hop', address: /^(?:203\.0\.113\.1|2001:db8:113:1::1)$/ },
    }),
  ),
  needs: ['nft'],
});
