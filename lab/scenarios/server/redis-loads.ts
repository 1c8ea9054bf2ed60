import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-loads',
  side: 'server',
  title: 'A real Redis is reading its data after a restart',
  target: 'redis://four.example.com',
  shows: 'service-starting',
  nearly: ['service-refuses-client', 'server-overloaded'],
  break: [
    redis('server', ['key-load-delay 2000', 'loading-process-events-interval-bytes 1024'], {
      prepare: [
        [
          'sh',
          '-c',
          'i=0; while [ $i -lt 20000 ]; do echo "SET key$i 0123456789012345678901234567890123456789"; i=$((i+1)); done > commands',
        ],
        [
          'sh',
          '-c',
          'redis-server --port 0 --unixsocket ./own.sock --dir . --save "" --daemonize yes --pidfile own.pid >/dev/null; i=0; until [ -S own.sock ]; do sleep 0.02; done; redis-cli -s ./own.sock --pipe < commands > /dev/null; redis-cli -s ./own.sock SHUTDOWN SAVE || true',
        ],
      ],
    }),
  ],
  expect: both(
    failed('service-starting', { side: 'server', stage: 'service', ...likely, culprit: { kind: 'service' } }),
  ),
  needs: ['redis'],
});
