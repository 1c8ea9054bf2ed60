import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule, ip, sysctl } from '../../world/steps.js';

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
    ip(
      'provider',
      'link add link core name core2 type macvlan mode private',
      'addr add 203.0.113.21/30 dev core2',
      'link set core2 up',
    ),
    ip(
      'edge',
      'link add link uplink name uplink2 type macvlan mode private',
      'addr add 203.0.113.22/30 dev uplink2',
      'link set uplink2 up',
    ),
    sysctl('provider', 'net.ipv4.fib_multipath_hash_policy=3', 'net.ipv4.fib_multipath_hash_fields=55'),
    ip('provider', 'route replace 198.51.100.0/24 nexthop via 203.0.113.9 nexthop via 203.0.113.22'),
  ],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      failed('unreachable-by-hop', { side: 'path', ...onlyLikely, culprit: { kind: 'hop' } }),
    ],
  }),
  needs: ['nft'],
});
