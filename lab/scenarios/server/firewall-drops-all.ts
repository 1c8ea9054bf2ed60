import { both, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'firewall-drops-all',
  side: 'server',
  title: 'The server drops everything from outside, pings too',
  target: 'https://shop.example.com/',
  shows: 'server-firewall',
  nearly: ['dropped-on-path', 'host-down'],
  break: [
    nft(
      'server',
      `table inet lab { chain input { type filter hook input priority 0; policy drop; iif "lo" accept; meta l4proto ipv6-icmp icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept; }; }\n`,
    ),
  ],
  expect: both(undetermined(['server-firewall', 'dropped-on-path'], { innocent: ['local-firewall', 'internet-down'] })),
  needs: ['nft'],
});
