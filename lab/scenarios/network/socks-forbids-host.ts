import { both, failed, scenario, sure } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, SOCKS_URL, withSocks } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'socks-forbids-host',
  side: 'network',
  title: 'A SOCKS proxy answers that its ruleset does not allow the site',
  target: 'https://four.example.com/',
  environment: { ALL_PROXY: SOCKS_URL },
  shows: 'proxy-refuses',
  nearly: ['proxy-unreachable', 'http-forbidden'],
  services: { resolver: withSocks({ forbids: ['*'] }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-refuses', {
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'proxy', name: 'ALL_PROXY', location: 'environment', address: ADDRESS.resolver },
    }),
  ),
  needs: ['nft'],
});
