import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'port-published-elsewhere',
  side: 'device',
  title: "A container's port 5432 is port 15432 on this computer, and 5432 is asked for",
  target: '127.0.0.1:5432',
  environment: engineEnvironment,
  shows: 'port-not-published',
  nearly: ['nothing-listening'],
  break: [engine([{ name: 'db', networks: { app: '172.19.0.3' }, publishes: { 5432: '0.0.0.0:15432' } }])],
  expect: both(
    failed('port-not-published', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'db:5432' },
      innocent: ['nothing-listening'],
    }),
  ),
});
