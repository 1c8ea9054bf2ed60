import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule, ip } from '../../world/steps.js';

export default scenario({
  id: 'mtu-silent-one-way',
  side: 'path',
  title: 'A link carries 1492 bytes; this side is told so, and the server throws away what tells it',
  target: 'https://four.example.com/',
  shows: 'path-mtu-blackhole',
  nearly: ['server-not-responding', 'dropped-on-path', 'sni-filtered', 'server-overloaded'],
  services: {
    server: [
      https({ names: Array.from({ length: 120 }, (_, i) => (i === 0 ? '*.example.com' : `shop${i}.example.com`)) }),
    ],
  },
  break: [
    ip('provider', 'link set core mtu 1492'),
    ip('edge', 'link set uplink mtu 1492'),
    filterRule('server', 'input', 'icmp type destination-unreachable drop', { labelText: 'icmp' }),
  ],
  // What this side sends is made smaller as it is told, so that only the answers are seen to vanish.
  expect: both(
    failed('path-mtu-blackhole', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'limit', name: /more than 1492 bytes/ },
      innocent: ['server-not-responding', 'packet-loss', 'dropped-on-path'],
    }),
  ),
  needs: ['nft'],
  // What this side was told is remembered for ten minutes, and bounds what the server sends then (docs/kernel-facts.md).
  fresh: true,
});
