import { both, reachable, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-and-redirect',
  side: 'fine',
  title: 'The page leads from HTTP to HTTPS, and both go through the proxy',
  target: 'http://shop.example.com/',
  environment: { http_proxy: PROXY_URL, https_proxy: PROXY_URL, no_proxy: 'localhost' },
  shows: 'reachable',
  nearly: ['proxy-required', 'internet-down'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({ ...reachable, innocent: ['proxy-required', 'proxy-refuses', 'proxy-misconfigured'] }),
  needs: ['nft'],
});
