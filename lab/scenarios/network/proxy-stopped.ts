import { both, failed, likely, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-stopped',
  side: 'network',
  title: "No proxy is running on the proxy's computer, and nothing else gets out",
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-unreachable',
  nearly: ['nothing-listening', 'proxy-misconfigured', 'internet-down'],
  names: PROXY_NAMES,
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-unreachable', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: ADDRESS.resolver },
      innocent: ['nothing-listening', 'internet-down'],
    }),
  ),
  needs: ['nft'],
});
