import { both, failed, likely, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-loopback',
  side: 'names',
  title: 'A line in /etc/hosts blocks the name by sending it to this device',
  target: 'https://shop.example.com/',
  shows: 'hosts-file-override',
  nearly: ['nothing-listening'],
  files: { hosts: `${USUAL_HOSTS}127.0.0.1 ads.example.com shop.example.com\n` },
  break: [],
  expect: both(
    failed('hosts-file-override', {
      side: 'this-device',
      ...likely,
      culprit: { location: '/etc/hosts:4' },
      innocent: ['nothing-listening'],
    }),
  ),
});
