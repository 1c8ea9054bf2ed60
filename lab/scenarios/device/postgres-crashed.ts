import { failed, likely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'postgres-crashed',
  side: 'device',
  title: 'A real PostgreSQL does not start: its settings ask for a library that is not there',
  target: 'postgres://app:secret@localhost:5441/shop',
  shows: 'nothing-listening',
  nearly: ['service-starting', 'service-refuses-client', 'local-firewall'],
  break: [
    postgres('device', { settings: ['port = 5441', "shared_preload_libraries = 'timescaledb'"], ready: 'ended' }),
  ],
  expect: {
    root: failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'PostgreSQL', location: /postgresql\.conf:\d+/ },
      evidence: /timescaledb/,
    }),
    user: failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'PostgreSQL', location: /postgresql\.conf:\d+/ },
      evidence: /timescaledb/,
    }),
  },
  needs: ['postgres'],
});
