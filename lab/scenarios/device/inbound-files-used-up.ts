import { failed, scenario, undetermined } from '../../scenario.js';
import { hold, nginx } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-files-used-up',
  side: 'device',
  title: 'Asked from outside: the program has as many files open as it may',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'too-many-open-files',
  nearly: ['server-overloaded', 'local-firewall'],
  break: [
    nginx('device', ['listen 0.0.0.0:8080;', 'return 200 hello;'], { main: ['worker_rlimit_nofile 24;'] }),
    hold('device', '127.0.0.1', 8080, 30),
  ],
  expect: {
    root: failed('too-many-open-files', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'limit', name: /nginx.* of 24/ },
    }),
    // What another's process has open a user may not see.
    user: undetermined(['local-firewall'], { innocent: ['too-many-open-files'] }),
  },
  needs: ['nginx'],
});
