import { failed, likely, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

const told = failed('port-not-published', {
  side: 'this-device',
  ...likely,
  culprit: { kind: 'container', name: /web/ },
  innocent: ['server-firewall', 'local-firewall'],
});

export default scenario({
  id: 'podman-port-elsewhere',
  side: 'device',
  title: 'A container of Podman serves port 18080 inside and shows it here as port 18090',
  target: 'http://127.0.0.1:18080/',
  environment: podmanEnvironment,
  shows: 'port-not-published',
  nearly: ['nothing-listening', 'loopback-of-other-namespace'],
  break: [podman([{ name: 'web', network: 'shop', options: ['-p', '18090:18080'] }])],
  expect: { root: told, user: told },
  needs: ['podman', 'bridge'],
});
