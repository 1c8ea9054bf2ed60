import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-stopped',
  side: 'device',
  title: 'A real Redis of this device was stopped in good order',
  target: 'redis://localhost:6391',
  shows: 'nothing-listening',
  nearly: ['listens-on-loopback-only', 'local-firewall', 'service-starting'],
  break: [redis('device', ['port 6391'], { endBy: 'SIGTERM' })],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'Redis', location: /redis\.conf/ },
    }),
  ),
  needs: ['redis'],
});
