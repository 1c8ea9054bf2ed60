import { both, failed, likely, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-without-names',
  side: 'device',
  title: 'Two containers of Podman are on one network that knows no names, and one asks for the other by its name',
  target: 'db:5432',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'name-does-not-exist',
  nearly: ['containers-not-connected', 'host-down'],
  break: [
    podman([
      { name: 'web', network: 'shop' },
      { name: 'db', network: 'shop' },
    ]),
  ],
  expect: both(
    failed(['name-does-not-exist', 'name-has-no-address'], {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: /^db on shop/ },
      innocent: ['containers-not-connected', 'host-down'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge'],
});
