import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'little-loss',
  side: 'fine',
  title: 'A little loss on the way: one packet of seven, by count so that each run is alike',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['dropped-on-path', 'packet-loss', 'ipv6-broken'],
  break: [],
  distractors: [
    filterRule('provider', 'forward', 'meta l4proto tcp numgen inc mod 7 == 3 drop', { labelText: 'numgen' }),
  ],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      { outcome: 'degraded', cause: ['packet-loss', 'momentary-glitch'], certainty: { atMost: 'likely' } },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
});
