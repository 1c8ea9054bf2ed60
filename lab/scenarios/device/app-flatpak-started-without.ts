import { both, failed, scenario } from '../../scenario.js';
import { flatpak } from '../../world/flatpak.js';

export default scenario({
  id: 'app-flatpak-started-without',
  side: 'device',
  title: 'A program of Flatpak may use the network, and was started without it',
  target: 'https://198.51.100.10/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['network-down', 'no-route', 'os-network-permission'],
  break: [flatpak({ asks: ['network'], run: ['--unshare=network'] })],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /org\.lab\.App/, owner: 'flatpak' },
      evidence: /was started without it/,
      innocent: ['network-down', 'no-route', 'os-network-permission'],
    }),
  ),
  only: 'root',
  needs: ['flatpak'],
});
