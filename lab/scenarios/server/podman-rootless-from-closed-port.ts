import { both, failed, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

export default scenario({
  id: 'podman-rootless-from-closed-port',
  side: 'server',
  title:
    'From a rootless container: the port of the server is closed, and what joins the networks answers in its place',
  target: '198.51.100.10:8081',
  arguments: ['--from', 'web'],
  environment: rootlessEnvironment,
  shows: 'nothing-listening',
  break: [rootlessPodman([{ name: 'web' }])],
  expect: both(
    failed('nothing-listening', {
      innocent: ['rejected-by-hop', 'local-firewall', 'connection-redirected'],
    }),
  ),
  only: 'user',
  needs: ['podman', 'slirp4netns', 'tun'],
});
