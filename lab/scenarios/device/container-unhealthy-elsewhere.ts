import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

export default scenario({
  id: 'container-unhealthy-elsewhere',
  side: 'device',
  title: 'A program of this computer takes connections and hangs up; a container that is not well serves another port',
  target: 'http://127.0.0.1:8080/',
  environment: engineEnvironment,
  services: { device: [{ kind: 'closes', port: 8080, how: 'fin', after: 'first-bytes' }] },
  shows: 'server-closes-at-once',
  nearly: ['nothing-listening', 'port-not-published'],
  break: [
    engine([
      { name: 'shop', health: 'unhealthy', networks: { app: '172.19.0.3' }, publishes: { 80: '0.0.0.0:8088' } },
      { name: 'mail', health: 'unhealthy', networks: { app: '172.19.0.4' }, publishes: { 80: '192.168.7.20:8080' } },
    ]),
  ],
  expect: both(failed('server-closes-at-once', { ...likely, innocentText: ['shop', 'mail'] })),
});
