import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'endless-body',
  side: 'fine',
  title: "The answer's body has no end (a stream)",
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['server-not-responding'],
  services: {
    server: [https({}, { status: '200 OK', headers: ['Content-Type: text/event-stream'], endless: 'body' }), ssh()],
  },
  break: [],
  expect: both(reachable),
});
