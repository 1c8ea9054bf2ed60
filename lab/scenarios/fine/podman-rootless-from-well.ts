import { both, reachable, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

export default scenario({
  id: 'podman-rootless-from-well',
  side: 'fine',
  title: "From a container of a user's own Podman, entered without root",
  target: 'ssh://198.51.100.10',
  arguments: ['--from', 'web'],
  environment: rootlessEnvironment,
  shows: 'reachable',
  nearly: ['app-policy'],
  break: [rootlessPodman([{ name: 'web' }])],
  expect: both(reachable),
  only: 'user',
  needs: ['podman', 'slirp4netns', 'tun'],
});
