import { both, failed, scenario, undetermined } from '../../scenario.js';
import { hanging } from '../../world/products.js';

export default scenario({
  id: 'hangs-here',
  side: 'device',
  title: 'The service on this device hangs; its queue has room',
  target: 'http://localhost:8080/',
  shows: 'server-not-responding',
  nearly: ['server-overloaded', 'too-many-open-files'],
  break: [hanging('device', '127.0.0.1:8080', 16)],
  expect: both({
    anyOf: [
      failed('server-not-responding', { innocent: ['server-overloaded', 'too-many-open-files'] }),
      undetermined(['server-not-responding']),
    ],
  }),
});
