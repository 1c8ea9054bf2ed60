import { ADDRESS } from '../../world/topology.js';
import { both, failed, likely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';
import type { DaemonStep } from '../../world/steps.js';

const client = (): DaemonStep => ({
  do: 'daemon',
  on: 'server',
  line: [
    'psql',
    '-h',
    ADDRESS.server,
    '-U',
    'postgres',
    '-d',
    'postgres',
    '-c',
    "select 'connected'",
    '-c',
    'select pg_sleep(60)',
  ],
  ready: { says: 'connected' },
});

export default scenario({
  id: 'postgres-full',
  side: 'server',
  title: 'A real PostgreSQL has as many clients as it may (53300)',
  target: 'postgres://app:secret@four.example.com/shop',
  shows: 'service-refuses-client',
  nearly: ['service-starting', 'server-overloaded'],
  break: [
    postgres('server', {
      settings: [
        'max_connections = 2',
        'superuser_reserved_connections = 0',
        'max_wal_senders = 0',
        'autovacuum = off',
      ],
    }),
    client(),
    client(),
  ],
  expect: both(
    failed('service-refuses-client', {
      side: 'server',
      stage: 'service',
      ...likely,
      culprit: { kind: 'service', name: /too many clients|remaining connection slots/ },
    }),
  ),
  needs: ['postgres'],
});
