import { ADDRESS } from '../../world/topology.js';
import { both, failed, likely, scenario } from '../../scenario.js';
import { hold, redis } from '../../world/products.js';

export default scenario({
  id: 'redis-full',
  side: 'server',
  title: 'A real Redis has as many clients as it may: it refuses nobody in particular, and wants no password',
  target: 'redis://four.example.com/0',
  shows: 'service-refuses-client',
  nearly: ['server-closes-at-once', 'server-overloaded'],
  break: [redis('server', ['maxclients 1']), hold('server', ADDRESS.server, 6379, 1)],
  expect: both(
    failed('service-refuses-client', {
      side: 'server',
      stage: 'service',
      ...likely,
      culprit: { kind: 'service', name: /max number of clients/ },
    }),
  ),
  needs: ['redis'],
});
