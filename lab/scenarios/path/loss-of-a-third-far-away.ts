import { both, failed, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'loss-of-a-third-far-away',
  side: 'path',
  title: 'One packet of three gets lost on a way of 100 ms',
  target: 'https://four.example.com/',
  shows: 'packet-loss',
  nearly: ['dropped-on-path', 'server-firewall', 'path-mtu-blackhole', 'sni-filtered'],
  break: [
    filterRule('provider', 'forward', 'meta l4proto tcp numgen random mod 100 < 30 drop', { labelText: 'numgen' }),
  ],
  distractors: [...slowLine('edge', { delayMs: 50 })],
  expect: both({
    anyOf: [
      { outcome: 'degraded', cause: ['packet-loss', 'momentary-glitch'] },
      failed('packet-loss', { side: 'path' }),
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
    ],
  }),
  needs: ['nfqueue', 'nft', 'nft-numgen'],
  fresh: true,
});
