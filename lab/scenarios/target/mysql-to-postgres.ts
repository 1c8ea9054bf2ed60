import { both, failed, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'mysql-to-postgres',
  side: 'target',
  title: 'MySQL is looked for at the port of a real PostgreSQL',
  target: 'mysql://four.example.com:5432/shop',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding'],
  break: [postgres('server')],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', evidence: /question for TLS/ })),
  needs: ['postgres'],
});
