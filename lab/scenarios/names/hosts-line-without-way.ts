import { both, failed, scenario, sure } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';
import { ip } from '../../world/steps.js';

// "No route" is true as well, and comes of the line: what DNS gives for the name works.
export default scenario({
  id: 'hosts-line-without-way',
  side: 'names',
  title: 'A line in /etc/hosts leads the name to an address to which this device has no route',
  target: 'https://four.example.com/',
  shows: 'hosts-file-override',
  nearly: ['no-route'],
  files: { hosts: `${USUAL_HOSTS}# old\n198.51.100.99 four.example.com\n` },
  break: [ip('device', 'route add unreachable 198.51.100.99')],
  expect: both(
    failed('hosts-file-override', {
      side: 'this-device',
      ...sure,
      culprit: { location: '/etc/hosts:5' },
    }),
  ),
});
