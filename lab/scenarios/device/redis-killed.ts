import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-killed',
  side: 'device',
  title: 'A real Redis of this device was killed: its pid file is left behind',
  target: 'redis://127.0.0.1:6392/0',
  shows: 'nothing-listening',
  nearly: ['local-firewall', 'server-closes-at-once'],
  break: [redis('device', ['port 6392'], { endBy: 'SIGKILL' })],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'Redis', location: /redis\.conf/ },
      evidence: /left behind/,
    }),
  ),
  needs: ['redis'],
});
