import { both, failed, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'mysql-to-redis',
  side: 'target',
  title: 'MySQL is looked for at the port of a real Redis',
  target: 'mysql://four.example.com:6379/shop',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding'],
  break: [redis('server', [])],
  expect: both(
    failed('wrong-scheme-or-port', { side: 'target', evidence: /PONG/, innocent: ['server-not-responding'] }),
  ),
  needs: ['redis'],
});
