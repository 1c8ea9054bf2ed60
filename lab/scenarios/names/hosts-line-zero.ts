import { both, failed, likely, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-zero',
  side: 'names',
  title: 'A block list in /etc/hosts gives the name 0.0.0.0',
  target: 'https://shop.example.com/',
  shows: 'hosts-file-override',
  nearly: ['name-filtered', 'nothing-listening'],
  files: { hosts: `${USUAL_HOSTS}0.0.0.0 tracker.example.com\n0.0.0.0 shop.example.com\n` },
  break: [],
  expect: both(
    failed('hosts-file-override', {
      side: 'this-device',
      ...likely,
      culprit: { location: '/etc/hosts:5' },
      innocent: ['name-filtered', 'nothing-listening'],
    }),
  ),
});
