import { both, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'not-found-page',
  side: 'fine',
  title: 'The page does not exist: the server is reached all the same',
  target: 'https://shop.example.com/nothing',
  shows: 'reachable',
  nearly: ['http-forbidden', 'http-server-error'],
  services: { server: [https({}, { status: '404 Not Found', body: 'no such page' }), ssh()] },
  break: [],
  expect: both({ outcome: 'reachable', cause: 'reachable' }),
});
