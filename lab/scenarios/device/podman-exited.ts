import { both, failed, likely, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-exited',
  side: 'device',
  title: 'From one container of Podman another one is asked for, which has ended with an error',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'host-down',
  nearly: ['name-does-not-exist', 'containers-not-connected'],
  break: [
    podman([
      { name: 'web', network: 'shop' },
      { name: 'db', network: 'shop', script: 'exit 3' },
    ]),
  ],
  expect: both(
    failed('host-down', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: 'db' },
      innocent: ['containers-not-connected'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge'],
});
