import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

export default scenario({
  id: 'podman-rootless-from-resets',
  side: 'server',
  title: 'From a rootless container: the server resets every hello, and each hop limit is as good as any other',
  target: 'https://198.51.100.10/',
  arguments: ['--from', 'web'],
  environment: rootlessEnvironment,
  shows: 'server-closes-at-once',
  nearly: ['sni-filtered', 'reset-injected'],
  services: { server: [{ kind: 'closes', port: 443, how: 'rst', after: 'first-bytes' }, ssh()] },
  break: [rootlessPodman([{ name: 'web' }])],
  expect: both({
    anyOf: [
      undetermined(['server-closes-at-once']),
      failed('server-closes-at-once', { side: 'server', certainty: { atMost: 'likely' } }),
    ],
  }),
  only: 'user',
  needs: ['podman', 'slirp4netns', 'tun'],
});
