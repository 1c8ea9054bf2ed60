import { both, failed, scenario, sure } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-wants-login',
  side: 'network',
  title: 'The proxy wants a login, and none is set',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['proxy-misconfigured', 'proxy-unreachable', 'http-forbidden'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ login: { user: 'kids', password: 'pass' } }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-refuses', {
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: ADDRESS.resolver },
      innocent: ['http-forbidden'],
    }),
  ),
  needs: ['nft'],
});
