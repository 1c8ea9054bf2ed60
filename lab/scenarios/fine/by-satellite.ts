import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';

export default scenario({
  id: 'by-satellite',
  side: 'fine',
  title: 'By satellite: 600 ms there and back, for the name, the connection and the page alike',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['server-not-responding', 'packet-loss', 'ipv6-broken'],
  break: [],
  distractors: [...slowLine('home', { delayMs: 300 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
