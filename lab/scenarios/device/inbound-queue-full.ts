import { both, failed, scenario } from '../../scenario.js';
import { hanging, hold } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-queue-full',
  side: 'device',
  title: 'Asked from outside: the program hangs, and more connections wait for it than may',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'server-overloaded',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [hanging('device', '0.0.0.0:8080', 2), hold('device', '127.0.0.1', 8080, 3)],
  expect: both(
    failed('server-overloaded', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'limit', name: /3 of 2/ },
    }),
  ),
});
