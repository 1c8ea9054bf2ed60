import { both, failed, likely, scenario } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-rejected-by-hop',
  side: 'path',
  title: 'A router on the way to the proxy forbids its port',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'rejected-by-hop',
  nearly: ['proxy-unreachable', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [filterRule('provider', 'forward', 'tcp dport 3128 reject with icmpx admin-prohibited')],
  expect: both(
    failed('rejected-by-hop', {
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['proxy-unreachable', 'proxy-refuses'],
    }),
  ),
  needs: ['nft'],
});
