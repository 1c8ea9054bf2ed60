import { both, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'a-tenth-lost-far-away',
  side: 'fine',
  title: 'One packet of ten gets lost on a way of 200 ms: it works, and if anything is said then that',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['dropped-on-path', 'sni-filtered', 'path-mtu-blackhole', 'server-not-responding', 'momentary-glitch'],
  break: [],
  distractors: [
    ...slowLine('edge', { delayMs: 100 }),
    filterRule('provider', 'forward', 'meta l4proto { tcp, udp } numgen random mod 100 < 10 drop', {
      labelText: 'numgen',
    }),
  ],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      { outcome: 'degraded', cause: ['packet-loss', 'momentary-glitch', 'resolver-unreachable'] },
    ],
  }),
  needs: ['nfqueue', 'nft', 'nft-numgen'],
  fresh: true,
});
