import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

// The worlds' machines are network namespaces of one kernel, as containers are: "home" plays the other one.
export default scenario({
  id: 'localhost-of-other-namespace',
  side: 'target',
  title: 'localhost is asked for, and the service runs in another network namespace of this machine',
  target: 'http://localhost:18711/',
  shows: 'loopback-of-other-namespace',
  nearly: ['nothing-listening', 'listens-on-other-family'],
  services: { home: [http(undefined, 18711)] },
  break: [],
  expect: both(
    failed('loopback-of-other-namespace', {
      side: 'target',
      ...likely,
      innocent: ['nothing-listening', 'listens-on-other-family', 'local-firewall'],
    }),
  ),
});
