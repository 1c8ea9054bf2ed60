import { both, reachable, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { https } from '../../world/internet.js';

export default scenario({
  id: 'slow-server-far-away',
  side: 'fine',
  title: 'A page takes 3 s at a server 300 ms away: slow, and nobody is blamed',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['server-not-responding', 'http-filtered', 'path-mtu-blackhole'],
  services: { server: [https({}, { status: '200 OK', body: 'at long last', delayMs: 3_000 })] },
  break: [],
  distractors: [...slowLine('edge', { delayMs: 150 })],
  expect: both(reachable),
  needs: ['nfqueue'],
});
