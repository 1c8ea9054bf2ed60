import { both, failed, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'postgres-to-redis',
  side: 'target',
  title: 'PostgreSQL is looked for at the port of a real Redis',
  target: 'postgres://four.example.com:6379/shop',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding'],
  break: [redis('server', [])],
  expect: both(
    failed('wrong-scheme-or-port', { side: 'target', evidence: /PONG/, innocent: ['server-not-responding'] }),
  ),
  needs: ['redis'],
});
