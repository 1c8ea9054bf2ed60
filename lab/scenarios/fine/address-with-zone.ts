import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'address-with-zone',
  side: 'fine',
  title: 'An IPv6 address that counts on one link, with the link: the router’s own page',
  target: 'http://[fe80::2%eth0]/',
  shows: 'reachable',
  nearly: ['no-route'],
  services: { home: [http()] },
  break: [],
  expect: both(reachable),
});
