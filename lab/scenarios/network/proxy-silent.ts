import { atMostLikely, both, failed, scenario, undetermined } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-silent',
  side: 'network',
  title: "The proxy's computer drops what is sent to it, and nothing else gets out",
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-unreachable',
  nearly: ['dropped-on-path', 'server-firewall', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [ONLY_PROXY_GETS_OUT, filterRule('resolver', 'input', 'tcp dport 3128 drop')],
  expect: both({
    anyOf: [
      failed('proxy-unreachable', {
        stage: 'proxy',
        ...atMostLikely,
        culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: ADDRESS.resolver },
      }),
      undetermined(['proxy-unreachable'], { innocent: ['dropped-on-path', 'server-firewall'] }),
    ],
  }),
  needs: ['nft'],
});
