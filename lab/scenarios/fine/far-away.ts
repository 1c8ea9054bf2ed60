import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';

export default scenario({
  id: 'far-away',
  side: 'fine',
  title: 'A server at the other end of the world: 300 ms there and back',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['server-not-responding', 'packet-loss'],
  break: [],
  distractors: [...slowLine('edge', { delayMs: 150 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
