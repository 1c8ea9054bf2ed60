import { both, reachable, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-for-other',
  side: 'fine',
  title: 'The hosts file overrides another name',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['hosts-file-override'],
  files: { hosts: `${USUAL_HOSTS}198.51.100.99 shop.example.com.evil.example.net\n127.0.0.1 www.example.com\n` },
  break: [],
  expect: both({ ...reachable, innocent: ['hosts-file-override'], innocentText: ['/etc/hosts'] }),
});
