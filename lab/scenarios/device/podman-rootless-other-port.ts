import { both, failed, likely, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

export default scenario({
  id: 'podman-rootless-other-port',
  side: 'device',
  title:
    "Nothing listens on that port, and a container of a user's own Podman, which is well, has nothing to do with it",
  target: 'http://127.0.0.1:18085/',
  environment: rootlessEnvironment,
  shows: 'nothing-listening',
  nearly: ['port-not-published'],
  break: [rootlessPodman([{ name: 'web', options: ['-p', '18090:18080'] }])],
  expect: both(
    failed('nothing-listening', { side: 'this-device', ...likely, innocent: ['port-not-published', 'local-firewall'] }),
  ),
  needs: ['podman', 'slirp4netns', 'tun'],
});
