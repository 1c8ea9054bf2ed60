import { both, failed, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'redis-to-postgres',
  side: 'target',
  title: 'Redis is looked for at the port of a real PostgreSQL',
  target: 'redis://four.example.com:5432/0',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-closes-at-once', 'server-not-responding'],
  break: [postgres('server')],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', evidence: /question for TLS/ })),
  needs: ['postgres'],
});
