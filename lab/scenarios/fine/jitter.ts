import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';

export default scenario({
  id: 'jitter',
  side: 'fine',
  title: 'Mobile network: 40 to 240 ms, packets overtake each other',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['packet-loss', 'reset-injected', 'dns-answer-forged', 'momentary-glitch'],
  break: [],
  distractors: [...slowLine('home', { delayMs: 20, jitterMs: 100 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
