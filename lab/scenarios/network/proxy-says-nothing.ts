import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-says-nothing',
  side: 'network',
  title: 'The proxy takes the connection and never answers; it might as well wait for a silent server',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-unreachable',
  nearly: ['server-not-responding', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ silent: true }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({
    anyOf: [
      failed('proxy-unreachable', { stage: 'proxy', certainty: { atMost: 'likely' } }),
      undetermined(['proxy-unreachable'], { innocent: ['server-not-responding'] }),
    ],
  }),
  needs: ['nft'],
});
