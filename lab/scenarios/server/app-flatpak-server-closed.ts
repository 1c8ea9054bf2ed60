import { both, failed, likely, scenario } from '../../scenario.js';
import { flatpak } from '../../world/flatpak.js';

export default scenario({
  id: 'app-flatpak-server-closed',
  side: 'server',
  title: 'A program of Flatpak may use the network; nothing listens on the port that it asks for',
  target: '198.51.100.10:9999',
  arguments: ['--app', '{pid:app}'],
  shows: 'nothing-listening',
  nearly: ['os-network-permission', 'app-policy'],
  break: [],
  distractors: [flatpak({ asks: ['network'] })],
  expect: both(
    failed('nothing-listening', { side: 'server', ...likely, innocent: ['os-network-permission', 'app-policy'] }),
  ),
  only: 'root',
  needs: ['flatpak'],
});
