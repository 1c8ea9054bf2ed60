import { both, reachable, scenario } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxies-that-agree',
  side: 'fine',
  title: 'Three places set the same proxy, one of them for other programs, and it works',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL, HTTPS_PROXY: PROXY_URL },
  shows: 'reachable',
  nearly: ['proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  files: { environment: `https_proxy=${PROXY_URL}\n` },
  break: [],
  expect: both(reachable),
});
