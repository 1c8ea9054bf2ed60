import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'container-of-other-port',
  side: 'device',
  title: 'A container runs here, and has nothing to do with the port that is asked for',
  target: '127.0.0.1:5433',
  environment: engineEnvironment,
  shows: 'nothing-listening',
  nearly: ['port-not-published'],
  break: [engine([{ name: 'db', networks: { app: '172.19.0.3' }, publishes: { 5432: '0.0.0.0:15432' } }])],
  expect: both(failed('nothing-listening', { side: 'this-device', ...likely, innocent: ['port-not-published'] })),
});
