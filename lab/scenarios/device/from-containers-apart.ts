import { both, failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';

// The machine "edge" stands for the container's network: its resolver (Docker's own, at 127.0.0.11) knows no "db".
export default scenario({
  id: 'from-containers-apart',
  side: 'device',
  title: 'From the container web the container db is not found: they share no network',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'containers-not-connected',
  nearly: ['name-does-not-exist', 'host-down'],
  break: [
    {
      do: 'dnsmasq',
      on: 'edge',
      options: ['--listen-address=127.0.0.11', '--local=/db/', '--address=/web/172.19.0.2'],
    },
    inContainer('web', 'edge', 'nameserver 127.0.0.11\noptions ndots:0\n'),
    engine([
      { name: 'web', pid: 'web', networks: { frontend: '172.19.0.2' } },
      { name: 'db', pid: 'web', networks: { backend: '172.20.0.3' }, exposes: [5432] },
    ]),
  ],
  expect: both(
    failed('containers-not-connected', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'web and db' },
      innocent: ['name-does-not-exist', 'host-down', 'mistyped-name'],
    }),
  ),
  only: 'root',
  needs: ['dnsmasq'],
});
