import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

// As Docker's own helper does it: it takes the connection, and hangs up because nobody answers it inside.
export default scenario({
  id: 'container-unhealthy',
  side: 'device',
  title: 'A published port takes connections and hangs up: the container behind it runs and is not well',
  target: 'http://127.0.0.1:8080/',
  environment: engineEnvironment,
  services: { device: [{ kind: 'closes', port: 8080, how: 'fin', after: 'first-bytes' }] },
  shows: 'server-closes-at-once',
  nearly: ['nothing-listening', 'port-not-published'],
  break: [
    engine([
      { name: 'mail', health: 'unhealthy', networks: { app: '172.19.0.4' }, publishes: { 25: '0.0.0.0:2525' } },
      { name: 'shop', health: 'unhealthy', networks: { app: '172.19.0.3' }, publishes: { 80: '0.0.0.0:8080' } },
    ]),
  ],
  expect: both(
    failed('server-closes-at-once', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'shop' },
      evidence: /its own check says that it is not well/,
      innocentText: ['mail'],
    }),
  ),
});
