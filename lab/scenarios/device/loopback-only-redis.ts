import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'loopback-only-redis',
  side: 'device',
  title: 'Redis on this device is bound to its own computer; the last of two lines counts',
  target: 'redis://192.168.7.20/',
  shows: 'listens-on-loopback-only',
  nearly: ['nothing-listening', 'service-refuses-client'],
  break: [redis('device', ['bind 127.0.0.1'])],
  expect: both(
    failed('listens-on-loopback-only', {
      side: 'this-device',
      ...likely,
      culprit: { address: /^127\.0\.0\.1/, location: '/etc/redis/redis.conf:8' },
    }),
  ),
  needs: ['redis'],
});
