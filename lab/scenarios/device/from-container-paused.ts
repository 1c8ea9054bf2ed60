import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { ADDRESS } from '../../world/topology.js';

// The kernel goes on taking connections for it: only answers do not come.
export default scenario({
  id: 'from-container-paused',
  side: 'device',
  title: 'From the container web the container db takes the connection and says nothing: it is paused',
  target: 'http://db:8080/',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  services: { server: [{ kind: 'silent', port: 8080 }] },
  shows: 'server-not-responding',
  nearly: ['containers-not-connected', 'host-down'],
  break: [
    inContainer('web', 'edge', 'nameserver 127.0.0.11\n', `127.0.0.1\tlocalhost\n${ADDRESS.server}\tdb\n`),
    engine([
      { name: 'web', pid: 'web', networks: { app: '172.19.0.2' } },
      { name: 'db', state: 'paused', networks: { app: ADDRESS.server }, exposes: [8080] },
    ]),
  ],
  expect: both(
    failed('server-not-responding', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'db' },
      evidence: /it is paused/,
      innocent: ['containers-not-connected', 'host-down'],
    }),
  ),
  only: 'root',
});
