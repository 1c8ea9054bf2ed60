import { both, reachable, scenario } from '../../scenario.js';
import { nats } from '../../world/products.js';

export default scenario({
  id: 'nats-real',
  side: 'fine',
  title: 'A real NATS server that wants a login: it is there and works',
  target: 'nats://app:secret@four.example.com',
  shows: 'reachable',
  nearly: ['service-refuses-client'],
  break: [nats('server', ['authorization { user: other, password: other }'])],
  expect: both(reachable),
  needs: ['nats'],
});
