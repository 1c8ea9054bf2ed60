import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'from-container-unhealthy',
  side: 'device',
  title: 'From the container web the container db refuses: it runs, and its own check says that it is not well',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'nothing-listening',
  nearly: ['containers-not-connected', 'host-down'],
  break: [
    inContainer('web', 'edge', 'nameserver 127.0.0.11\n', `127.0.0.1\tlocalhost\n${ADDRESS.server}\tdb\n`),
    engine([
      { name: 'web', pid: 'web', networks: { app: '172.19.0.2' } },
      { name: 'db', health: 'unhealthy', networks: { app: ADDRESS.server }, exposes: [5432] },
      { name: 'cache', health: 'unhealthy', networks: { app: '172.19.0.9' } },
    ]),
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'db' },
      evidence: /its own check says that it is not well/,
      innocent: ['containers-not-connected', 'host-down'],
      innocentText: ['cache'],
    }),
  ),
  only: 'root',
});
