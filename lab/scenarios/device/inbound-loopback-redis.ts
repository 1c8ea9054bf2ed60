import { both, failed, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-loopback-redis',
  side: 'device',
  title: 'Asked from outside: Redis is bound to its own computer; the line of its settings is named',
  target: '6379',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'listens-on-loopback-only',
  nearly: ['nothing-listening', 'local-firewall'],
  break: [redis('device', ['bind 127.0.0.1'])],
  expect: both(
    failed('listens-on-loopback-only', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { address: /^127\.0\.0\.1/, location: '/etc/redis/redis.conf:8' },
    }),
  ),
  needs: ['redis'],
});
