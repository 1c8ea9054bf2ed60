import { both, failed, scenario, sure } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-internal-network',
  side: 'device',
  title: 'A container of Podman is on a network that was made without a way out',
  target: '192.0.2.80:443',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'app-policy',
  nearly: ['no-route', 'network-down'],
  break: [podman([{ name: 'web', network: 'backend', internal: true }])],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'container', name: /backend/ },
      innocent: ['no-route', 'network-down', 'local-firewall'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge'],
});
