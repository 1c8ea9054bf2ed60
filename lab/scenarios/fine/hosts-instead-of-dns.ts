import { both, reachable, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-instead-of-dns',
  side: 'fine',
  title: 'No resolver is configured; the hosts file knows the name',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['no-dns-configured', 'hosts-file-override'],
  files: { resolvConf: '# none\n', hosts: `${USUAL_HOSTS}${ADDRESS.server} shop.example.com\n` },
  break: [],
  expect: both({ ...reachable, innocent: ['no-dns-configured', 'hosts-file-override'] }),
});
