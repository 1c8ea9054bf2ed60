import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { balanced, secondLink } from '../../world/balanced.js';
import { filterRule, sysctl } from '../../world/steps.js';

// Two equal ways (RFC 2992), a hash of addresses and ports decides; the far end of the second one turns away at once. Which
// of our connections go there is chance: what one or two met must not be said of all.
export default scenario({
  id: 'one-way-of-two-knows-no-way',
  side: 'path',
  title: 'Of two equal ways one ends at a router that says "no way there"; every second connection gets through',
  target: 'four.example.com:22',
  shows: 'unreachable-by-hop',
  nearly: ['host-down', 'server-firewall', 'internet-down', 'nothing-listening'],
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [
    filterRule('edge', 'forward', 'iifname uplink2 ip daddr 198.51.100.10 reject with icmp type net-unreachable', {
      labelText: 'iifname',
    }),
  ],
  distractors: [
    // Each of the two answers for its own address alone.
    sysctl('edge', 'net.ipv4.conf.all.arp_ignore=1'),
    ...secondLink,
    balanced,
  ],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      failed('unreachable-by-hop', { side: 'path', ...onlyLikely, culprit: { kind: 'hop' } }),
    ],
  }),
  needs: ['nft'],
});
