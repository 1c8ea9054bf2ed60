import { both, failed, likely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

// The startup process waits for a file of the archive that does not come: until then nobody is let in.
export default scenario({
  id: 'postgres-starting',
  side: 'server',
  title: 'A real PostgreSQL is recovering and takes nobody yet (57P03)',
  target: 'postgres://app:secret@four.example.com/shop',
  shows: 'service-starting',
  nearly: ['service-refuses-client', 'server-closes-at-once'],
  break: [
    postgres('server', {
      settings: ["restore_command = 'sleep 60'"],
      prepare: [['touch', '{dir}/data/recovery.signal']],
      ready: { listens: 5432 },
    }),
  ],
  expect: both(
    failed('service-starting', { side: 'server', stage: 'service', ...likely, culprit: { kind: 'service' } }),
  ),
  needs: ['postgres'],
});
