import { both, failed, scenario, sure } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-forbids-host',
  side: 'network',
  title: "The proxy's policy forbids the site; others it lets through",
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['http-forbidden', 'proxy-unreachable'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ forbids: ['four.example.com'] }) },
  break: [],
  expect: both(
    failed('proxy-refuses', {
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: ADDRESS.resolver },
      innocent: ['http-forbidden'],
    }),
  ),
});
