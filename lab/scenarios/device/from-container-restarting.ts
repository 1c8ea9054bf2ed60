import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';

export default scenario({
  id: 'from-container-restarting',
  side: 'device',
  title: 'From the container web the container db is not found: it starts again and again',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'host-down',
  nearly: ['containers-not-connected', 'name-does-not-exist'],
  break: [
    { do: 'dnsmasq', on: 'edge', options: ['--listen-address=127.0.0.11', '--local=/db/'] },
    inContainer('web', 'edge', 'nameserver 127.0.0.11\noptions ndots:0\n'),
    engine([
      { name: 'web', pid: 'web', networks: { app: '172.19.0.2' } },
      { name: 'db', state: 'restarting', exitCode: 1, networks: { app: '' }, exposes: [5432] },
    ]),
  ],
  expect: both(
    failed('host-down', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'db' },
      evidence: /it starts again and again, and ended last with 1/,
      innocent: ['containers-not-connected', 'name-does-not-exist'],
    }),
  ),
  only: 'root',
  needs: ['dnsmasq'],
});
