import { both, failed, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-without-network',
  side: 'device',
  title: 'A container of Podman was started without a network',
  target: 'https://198.51.100.10/',
  arguments: ['--from', 'quiet'],
  environment: podmanEnvironment,
  shows: 'app-policy',
  nearly: ['network-down', 'no-route'],
  break: [podman([{ name: 'quiet', network: 'none' }])],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'container', name: 'quiet' },
      innocent: ['network-down', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge'],
});
