import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'slow-server',
  side: 'fine',
  title: 'The server takes 800 ms to answer',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['server-not-responding', 'server-overloaded'],
  services: { server: [https({}, { status: '200 OK', body: 'at last', delayMs: 800 }), ssh()] },
  break: [],
  expect: both(reachable),
});
