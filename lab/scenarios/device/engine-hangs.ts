import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'engine-hangs',
  side: 'device',
  title: 'The engine of containers takes connections and answers nobody, as one that hangs',
  target: '127.0.0.1:5433',
  environment: engineEnvironment,
  shows: 'nothing-listening',
  nearly: ['port-not-published'],
  break: [{ ...engine([]), endBy: 'SIGSTOP' }],
  expect: both(failed('nothing-listening', { side: 'this-device', ...likely, innocent: ['port-not-published'] })),
});
