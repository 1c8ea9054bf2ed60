import { both, failed, likely, scenario } from '../../scenario.js';
import { postgres } from '../../world/products.js';

export default scenario({
  id: 'loopback-only-postgres',
  side: 'device',
  title: 'PostgreSQL on this device listens on localhost only',
  target: 'postgres://192.168.7.20/shop',
  shows: 'listens-on-loopback-only',
  nearly: ['nothing-listening', 'service-refuses-client'],
  break: [postgres('device', { settings: ["listen_addresses = 'localhost'"] })],
  expect: both(
    failed('listens-on-loopback-only', {
      side: 'this-device',
      ...likely,
      culprit: { location: '/etc/postgresql/15/main/postgresql.conf:9' },
    }),
  ),
  needs: ['postgres'],
});
