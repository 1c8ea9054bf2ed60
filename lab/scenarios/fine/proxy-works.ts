import { both, reachable, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-works',
  side: 'fine',
  title: 'Only the proxy gets out, it is set, and it does its work',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'reachable',
  nearly: ['proxy-required', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
  needs: ['nft'],
});
