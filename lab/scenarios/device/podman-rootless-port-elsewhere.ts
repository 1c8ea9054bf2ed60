import { failed, likely, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

// Root takes nobody's word but an engine's of its own: what it says is true and less.
export default scenario({
  id: 'podman-rootless-port-elsewhere',
  side: 'device',
  title: "A container of a user's own Podman (slirp4netns) serves port 18080 inside and shows it here as port 18090",
  target: 'http://127.0.0.1:18080/',
  environment: rootlessEnvironment,
  shows: 'port-not-published',
  nearly: ['nothing-listening', 'loopback-of-other-namespace'],
  break: [rootlessPodman([{ name: 'web', options: ['-p', '18090:18080'] }])],
  expect: {
    root: failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      innocent: ['server-firewall', 'local-firewall'],
    }),
    user: failed('port-not-published', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'container', name: /web/ },
      innocent: ['server-firewall', 'local-firewall'],
    }),
  },
  needs: ['podman', 'slirp4netns', 'tun'],
});
