import { both, reachable, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-container-well',
  side: 'fine',
  title: 'From a container of Podman with a network, beside one that has ended and one without a network',
  target: 'ssh://198.51.100.10',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'reachable',
  nearly: ['containers-not-connected', 'app-policy'],
  break: [
    podman([
      { name: 'web', network: 'shop' },
      { name: 'gone', network: 'shop', script: 'exit 1' },
      { name: 'quiet', network: 'none' },
    ]),
  ],
  expect: both(reachable),
  only: 'root',
  needs: ['podman', 'bridge'],
});
