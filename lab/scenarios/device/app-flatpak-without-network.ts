import { both, failed, scenario } from '../../scenario.js';
import { flatpak } from '../../world/flatpak.js';

export default scenario({
  id: 'app-flatpak-without-network',
  side: 'device',
  title: 'A program of Flatpak whose package asks for no network, and so has none',
  target: 'https://four.example.com/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['network-down', 'no-route', 'resolver-unreachable', 'os-network-permission'],
  break: [flatpak({ asks: ['ipc'] })],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /shared=network of org\.lab\.App/, owner: 'flatpak', location: /metadata$/ },
      innocent: ['network-down', 'no-route', 'os-network-permission'],
    }),
  ),
  only: 'root',
  needs: ['flatpak'],
});
