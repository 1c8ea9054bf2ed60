import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'postgres-lets-one-user-in',
  side: 'server',
  title: 'A real PostgreSQL lets in one user alone: who asks as nobody cannot tell whether the user’s own gets in',
  target: 'postgres://app:secret@four.example.com/shop',
  shows: 'service-refuses-client',
  nearly: ['reachable'],
  break: [postgres('server', { hba: ['local all all trust', 'host shop app 0.0.0.0/0 scram-sha-256'] })],
  expect: both(failed('service-refuses-client', { side: 'server', stage: 'service', ...onlyLikely })),
  needs: ['postgres'],
});
