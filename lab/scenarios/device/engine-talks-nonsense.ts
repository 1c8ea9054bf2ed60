import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'engine-talks-nonsense',
  side: 'device',
  title: 'The engine of containers answers with what is no JSON',
  target: '127.0.0.1:5433',
  environment: engineEnvironment,
  shows: 'nothing-listening',
  nearly: ['port-not-published'],
  break: [engine([], { '/containers/json?all=1': '[{"Id": "\u001b[31m', '/networks': 'x'.repeat(1_000_000) })],
  expect: both(failed('nothing-listening', { side: 'this-device', ...likely })),
});
