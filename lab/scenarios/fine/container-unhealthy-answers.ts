import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'container-unhealthy-answers',
  side: 'fine',
  title: 'A container is not well by its own check, and its published port answers',
  target: 'http://127.0.0.1:8080/',
  environment: engineEnvironment,
  services: { device: [http(undefined, 8080)] },
  shows: 'reachable',
  nearly: ['server-closes-at-once', 'nothing-listening'],
  break: [
    engine([{ name: 'shop', health: 'unhealthy', networks: { app: '172.19.0.3' }, publishes: { 80: '0.0.0.0:8080' } }]),
  ],
  expect: both(reachable),
});
