import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';

export default scenario({
  id: 'by-satellite-quiet-port',
  side: 'fine',
  title: 'By satellite: a port that greets nobody, 600 ms there and back',
  target: 'four.example.com:22',
  shows: 'reachable',
  nearly: ['server-not-responding', 'packet-loss'],
  break: [],
  distractors: [...slowLine('provider', { delayMs: 300 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
