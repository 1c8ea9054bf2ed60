import { both, reachable, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'postgres-asks-password',
  side: 'fine',
  title: 'A real PostgreSQL that wants a password: it is there and works',
  target: 'postgres://app:secret@four.example.com/shop',
  shows: 'reachable',
  nearly: ['service-refuses-client', 'service-starting'],
  break: [postgres('server', { hba: ['local all all trust', 'host all all 0.0.0.0/0 scram-sha-256'] })],
  expect: both(reachable),
  needs: ['postgres'],
});
