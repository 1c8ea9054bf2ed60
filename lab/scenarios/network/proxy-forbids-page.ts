import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-forbids-page',
  side: 'network',
  title: 'The proxy writes the 403 for a page without TLS; the server itself gives the page',
  target: 'http://four.example.com/',
  environment: { http_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['http-forbidden', 'http-filtered'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ forbids: ['four.example.com'] }), server: [http()] },
  break: [],
  expect: both(
    failed('proxy-refuses', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'proxy', name: 'http_proxy', address: ADDRESS.resolver },
      innocent: ['http-forbidden'],
    }),
  ),
});
