import { ADDRESS } from '../../world/topology.js';
import { both, failed, likely, scenario } from '../../scenario.js';
import { hold, nats } from '../../world/products.js';

export default scenario({
  id: 'nats-full',
  side: 'server',
  title: 'A real NATS server has as many clients as it may',
  target: 'nats://four.example.com:4222',
  shows: 'service-refuses-client',
  nearly: ['server-closes-at-once', 'server-overloaded'],
  // CONNECT {}, CR LF: an unfinished login counts as well.
  break: [nats('server', ['max_connections: 1']), hold('server', ADDRESS.server, 4222, 1, '434f4e4e454354207b7d0d0a')],
  expect: both(
    failed('service-refuses-client', {
      side: 'server',
      stage: 'service',
      ...likely,
      culprit: { kind: 'service', name: /maximum connections/ },
    }),
  ),
  needs: ['nats'],
});
