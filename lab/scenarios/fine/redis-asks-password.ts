import { both, reachable, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-asks-password',
  side: 'fine',
  title: 'A real Redis that wants a password: it is there and works',
  target: 'redis://:secret@four.example.com/0',
  shows: 'reachable',
  nearly: ['service-refuses-client', 'service-starting'],
  break: [redis('server', ['requirepass other'])],
  expect: both(reachable),
  needs: ['redis'],
});
