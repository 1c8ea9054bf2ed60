import { both, failed, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';

export default scenario({
  id: 'podman-rootless-without-network',
  side: 'device',
  title: "A container of a user's own Podman was started without a network: without root it is entered and named",
  target: '198.51.100.10:443',
  arguments: ['--from', 'quiet'],
  environment: rootlessEnvironment,
  shows: 'app-policy',
  nearly: ['network-down', 'no-route'],
  break: [rootlessPodman([{ name: 'quiet', network: 'none' }])],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'container', name: 'quiet' },
      innocent: ['network-down', 'no-route'],
    }),
  ),
  only: 'user',
  needs: ['podman', 'slirp4netns', 'tun'],
});
