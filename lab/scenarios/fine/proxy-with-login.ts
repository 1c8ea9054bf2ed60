import { both, reachable, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-with-login',
  side: 'fine',
  title: 'The proxy wants a login, and the setting holds it',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL.replace('://', '://kids:p%40ss@') },
  shows: 'reachable',
  nearly: ['proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ login: { user: 'kids', password: 'p@ss' } }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
  needs: ['nft'],
});
