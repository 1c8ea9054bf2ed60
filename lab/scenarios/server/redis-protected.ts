import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-protected',
  side: 'server',
  title: 'A real Redis in protected mode lets nobody in from outside',
  target: 'redis://four.example.com/0',
  shows: 'service-refuses-client',
  nearly: ['service-starting', 'server-closes-at-once'],
  break: [redis('server', ['protected-mode yes'])],
  expect: both(
    failed('service-refuses-client', {
      side: 'server',
      stage: 'service',
      ...likely,
      culprit: { kind: 'service', name: /protected mode/ },
    }),
  ),
  needs: ['redis'],
});
