import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

export default scenario({
  id: 'resolver-with-zone',
  side: 'fine',
  title: 'The resolver file names a link-local IPv6 address with its interface, as routers announce it: all is well',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['no-dns-configured'],
  files: { resolvConf: 'nameserver fe80::2%eth0\n' },
  services: { home: [dns()] },
  break: [],
  expect: both(reachable),
});
