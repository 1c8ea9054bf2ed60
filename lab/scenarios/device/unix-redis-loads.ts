import { both, failed, scenario, sure } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'unix-redis-loads',
  side: 'device',
  title: 'A real Redis on a socket of this device is reading its data',
  target: 'unix:{world}/run/redis.sock',
  shows: 'service-starting',
  nearly: ['nothing-listening', 'server-not-responding', 'app-policy'],
  break: [
    { do: 'run', on: 'device', line: ['mkdir', '-m', '777', '{world}/run'] },
    redis(
      'device',
      [
        'unixsocket {world}/run/redis.sock',
        'unixsocketperm 777',
        'key-load-delay 2000',
        'loading-process-events-interval-bytes 1024',
      ],
      {
        ready: { file: '{world}/run/redis.sock' },
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
      },
    ),
  ],
  expect: both(failed('service-starting', { side: 'server', stage: 'service', ...sure })),
  needs: ['redis'],
});
