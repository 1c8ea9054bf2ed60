import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';

export default scenario({
  id: 'from-container-localhost',
  side: 'device',
  title: 'From the container web localhost is asked for; the service runs in the container db',
  target: 'http://localhost:18722/',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  services: { server: [http(undefined, 18722)] },
  shows: 'loopback-of-other-namespace',
  nearly: ['nothing-listening'],
  break: [
    inContainer('web', 'edge', 'nameserver 127.0.0.11\n'),
    engine([
      { name: 'web', pid: 'web', networks: { app: '172.19.0.2' } },
      { name: 'db', networks: { app: '172.19.0.3' }, exposes: [18722] },
    ]),
  ],
  expect: both(failed('loopback-of-other-namespace', { side: 'target', ...likely, innocent: ['nothing-listening'] })),
  only: 'root',
});
