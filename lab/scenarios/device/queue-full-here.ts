import { failed, scenario, sure } from '../../scenario.js';
import { hanging, hold } from '../../world/products.js';

export default scenario({
  id: 'queue-full-here',
  side: 'device',
  title: 'The service on this device hangs, and more connections wait than may',
  target: 'http://localhost:8080/',
  shows: 'server-overloaded',
  nearly: ['local-firewall', 'too-many-open-files', 'nothing-listening'],
  break: [hanging('device', '127.0.0.1:8080', 2), hold('device', '127.0.0.1', 8080, 3)],
  expect: {
    root: failed('server-overloaded', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'limit', name: /3 of 2/ },
    }),
    user: failed('server-overloaded', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'limit', name: /3 of 2/ },
    }),
  },
});
