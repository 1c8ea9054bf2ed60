import { both, reachable, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-commented',
  side: 'fine',
  title: 'The hosts line for this name is commented out',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['hosts-file-override'],
  files: { hosts: `${USUAL_HOSTS}#198.51.100.99 shop.example.com\n` },
  break: [],
  expect: both({ ...reachable, innocent: ['hosts-file-override'] }),
});
