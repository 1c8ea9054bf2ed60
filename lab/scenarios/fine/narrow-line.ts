import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { https } from '../../world/internet.js';

export default scenario({
  id: 'narrow-line',
  side: 'fine',
  title: 'A line of 64 kbit/s for everybody: the page takes seconds, and comes',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['path-mtu-blackhole', 'sni-filtered', 'server-not-responding'],
  services: { server: [https({}, { status: '200 OK', body: 'x'.repeat(30_000) })] },
  break: [],
  distractors: [...slowLine('home', { delayMs: 30, bytesPerSecond: 8_000 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
