import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { hold, nginx } from '../../world/products.js';

// Its kernel takes the connection; the program cannot pick it up.
export default scenario({
  id: 'server-out-of-files',
  side: 'device',
  title: 'The service on this device has as many files open as it may',
  target: 'http://localhost:8080/',
  shows: 'too-many-open-files',
  nearly: ['server-not-responding', 'server-overloaded', 'nothing-listening'],
  break: [
    nginx('device', ['listen 127.0.0.1:8080;', 'return 200 hello;'], { main: ['worker_rlimit_nofile 24;'] }),
    hold('device', '127.0.0.1', 8080, 30),
  ],
  expect: {
    root: failed('too-many-open-files', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'limit', name: /nginx.* of 24/ },
    }),
    // Whose process it is, and what it has open, a user may not see.
    user: {
      anyOf: [
        failed('server-not-responding', { certainty: { atMost: 'likely' } }),
        undetermined(['server-not-responding']),
      ],
    },
  },
});
