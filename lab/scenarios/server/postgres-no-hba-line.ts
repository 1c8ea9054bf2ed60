import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'postgres-no-hba-line',
  side: 'server',
  title: 'A real PostgreSQL has no line for this computer in its pg_hba.conf',
  target: 'postgresql://app:secret@four.example.com:5432/shop',
  shows: 'service-refuses-client',
  nearly: ['service-starting'],
  break: [postgres('server', { hba: ['local all all trust', 'host all all 203.0.113.0/24 trust'] })],
  expect: both(
    failed('service-refuses-client', {
      side: 'server',
      stage: 'service',
      ...onlyLikely,
      culprit: { kind: 'service', name: /pg_hba\.conf/ },
    }),
  ),
  needs: ['postgres'],
});
