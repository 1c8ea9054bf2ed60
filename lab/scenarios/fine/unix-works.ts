import { both, reachable, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'unix-works',
  side: 'fine',
  title: 'A real Redis on a socket that everybody may use',
  target: 'unix:{world}/run/redis.sock',
  shows: 'reachable',
  nearly: ['nothing-listening', 'app-policy'],
  break: [
    { do: 'run', on: 'device', line: ['mkdir', '-m', '777', '{world}/run'] },
    redis('device', ['unixsocket {world}/run/redis.sock', 'unixsocketperm 777']),
  ],
  expect: both(reachable),
  needs: ['redis'],
});
