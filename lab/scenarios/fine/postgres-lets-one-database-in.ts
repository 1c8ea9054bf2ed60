import { both, reachable, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'postgres-lets-one-database-in',
  side: 'fine',
  title: 'A real PostgreSQL lets this computer into one database alone: the one that is meant',
  target: 'postgres://app:secret@four.example.com/shop',
  shows: 'reachable',
  nearly: ['service-refuses-client'],
  break: [postgres('server', { hba: ['local all all trust', 'host shop all 0.0.0.0/0 scram-sha-256'] })],
  expect: both(reachable),
  needs: ['postgres'],
});
