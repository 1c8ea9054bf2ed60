import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-for-plain-http',
  side: 'fine',
  title: 'A page without TLS, handed to the proxy as a whole URL',
  target: 'http://four.example.com/',
  environment: { http_proxy: PROXY_URL },
  shows: 'reachable',
  nearly: ['proxy-required', 'proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy(), server: [http()] },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
  needs: ['nft'],
});
