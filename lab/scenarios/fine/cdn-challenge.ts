import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'cdn-challenge',
  side: 'fine',
  title: 'A content network asks the visitor to prove a browser, in the clear',
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['http-filtered', 'http-forbidden'],
  services: {
    server: [
      http({
        status: '403 Forbidden',
        headers: [
          'Server: cloudflare',
          'CF-Mitigated: challenge',
          'CF-RAY: 8a1b2c3d4e5f-FRA',
          'Content-Type: text/html',
        ],
        body: '<title>Just a moment...</title><p>Checking your browser</p>\n',
      }),
    ],
  },
  break: [],
  expect: both(reachable),
});
