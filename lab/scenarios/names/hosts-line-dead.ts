import { both, failed, likely, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-dead',
  side: 'names',
  title: 'A line in /etc/hosts sends the name to an address where nobody is',
  target: 'https://shop.example.com/',
  shows: 'hosts-file-override',
  nearly: ['host-down'],
  files: { hosts: `${USUAL_HOSTS}# from the migration\n198.51.100.99 shop.example.com\n` },
  break: [],
  expect: both(
    failed('hosts-file-override', {
      side: 'this-device',
      ...likely,
      culprit: { location: '/etc/hosts:5' },
      innocent: ['host-down'],
    }),
  ),
});
