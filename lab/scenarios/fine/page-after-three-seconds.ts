import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'page-after-three-seconds',
  side: 'fine',
  title: 'A page without TLS takes 3 s, longer than experiments are waited with: it is slow, and nobody is blamed',
  target: 'http://four.example.com:8080/',
  shows: 'reachable',
  nearly: ['server-not-responding', 'path-mtu-blackhole', 'http-filtered'],
  services: {
    server: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'at long last', delayMs: 3_000 } } }],
  },
  break: [],
  expect: both(reachable),
});
