import { both, failed, scenario } from '../../scenario.js';
import { flatpak } from '../../world/flatpak.js';

// As Flatseal and the settings of KDE do it.
export default scenario({
  id: 'app-flatpak-network-taken',
  side: 'device',
  title: 'A program of Flatpak asks for the network; in the settings somebody took that right from it',
  target: 'https://198.51.100.10/',
  arguments: ['--app', '{pid:app}'],
  shows: 'os-network-permission',
  nearly: ['network-down', 'no-route', 'app-policy'],
  break: [flatpak({ asks: ['network', 'ipc'], override: ['--unshare=network'] })],
  expect: both(
    failed('os-network-permission', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /org\.lab\.App/, owner: 'flatpak', location: /overrides\/org\.lab\.App:2$/ },
      innocent: ['network-down', 'no-route', 'app-policy'],
    }),
  ),
  only: 'root',
  needs: ['flatpak'],
});
