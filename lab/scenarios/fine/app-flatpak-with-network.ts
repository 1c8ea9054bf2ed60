import { both, reachable, scenario } from '../../scenario.js';
import { flatpak } from '../../world/flatpak.js';

export default scenario({
  id: 'app-flatpak-with-network',
  side: 'fine',
  title: 'A program of Flatpak that may use the network, and reaches its target',
  target: 'ssh://198.51.100.10',
  arguments: ['--app', '{pid:app}'],
  shows: 'reachable',
  nearly: ['os-network-permission', 'app-policy'],
  break: [flatpak({ asks: ['network'] })],
  expect: both(reachable),
  only: 'root',
  needs: ['flatpak'],
});
