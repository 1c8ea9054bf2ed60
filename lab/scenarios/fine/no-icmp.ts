import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'no-icmp',
  side: 'fine',
  title: 'ICMP is filtered everywhere; TCP is well',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['gateway-unreachable', 'host-down', 'dropped-on-path'],
  break: [],
  distractors: [
    filterRule(
      'home',
      'forward',
      'meta l4proto icmp drop\n  icmpv6 type { echo-request, echo-reply, time-exceeded, destination-unreachable } drop',
      { labelText: 'icmp' },
    ),
    filterRule('home', 'input', 'icmp type echo-request drop\n  icmpv6 type echo-request drop', {
      labelText: 'icmp',
      table: 'quiet',
    }),
    filterRule('server', 'input', 'icmp type echo-request drop\n  icmpv6 type echo-request drop', {
      labelText: 'icmp',
    }),
  ],
  expect: both(reachable),
  needs: ['nft'],
});
