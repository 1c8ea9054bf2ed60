import { both, failed, likely, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-apart',
  side: 'device',
  title: 'Two containers of Podman are on networks of their own, and one asks for the other by its name',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'containers-not-connected',
  nearly: ['name-does-not-exist', 'nothing-listening'],
  break: [
    podman([
      { name: 'web', network: 'front' },
      { name: 'db', network: 'back' },
    ]),
  ],
  expect: both(
    failed('containers-not-connected', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: /web and db/ },
      innocent: ['name-does-not-exist'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge'],
});
