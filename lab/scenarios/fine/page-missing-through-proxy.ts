import { atMostLikely, both, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'page-missing-through-proxy',
  side: 'fine',
  title: 'The server has no such page, asked through a proxy that is fine and does not name itself',
  target: 'http://four.example.com/gone',
  environment: { http_proxy: PROXY_URL },
  shows: 'reachable',
  nearly: ['proxy-misconfigured', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy(), server: [http({ status: '404 Not Found', body: 'no such page\n' })] },
  break: [],
  expect: both({ outcome: 'reachable', cause: 'reachable', ...atMostLikely }),
});
