import { failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

// The kernel's log may be read by root only; a user sees the pid file that was left behind.
export default scenario({
  id: 'redis-out-of-memory',
  side: 'device',
  title: 'A real Redis of this device was ended by the kernel because memory ran out',
  target: 'redis://localhost:6393',
  shows: 'nothing-listening',
  nearly: ['server-overloaded', 'service-starting'],
  break: [
    redis('device', ['port 6393'], { memory: 32 * 1024 * 1024 }),
    {
      do: 'run',
      on: 'device',
      line: ['sh', '-c', 'redis-cli -p 6393 DEBUG POPULATE 2000000 key 100 >/dev/null 2>&1; exit 0'],
    },
  ],
  expect: {
    root: failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'Redis' },
      evidence: /memory ran out/,
    }),
    user: failed('nothing-listening', { side: 'this-device', ...likely, culprit: { kind: 'service', name: 'Redis' } }),
  },
  needs: ['redis', 'memory-cgroup'],
});
