import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-proxy-by-prefix',
  side: 'fine',
  title: 'A dead proxy is set, and no_proxy leaves out the network of the address',
  target: `http://${ADDRESS.server}/`,
  environment: { http_proxy: 'http://192.168.7.99:3128', NO_PROXY: 'localhost,198.51.100.0/24' },
  shows: 'reachable',
  nearly: ['proxy-unreachable'],
  services: { server: [http()] },
  break: [],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
});
