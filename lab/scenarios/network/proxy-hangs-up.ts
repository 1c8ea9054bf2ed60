import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-hangs-up',
  side: 'network',
  title: 'The proxy takes the connection and hangs up when it is asked for the site',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['proxy-unreachable', 'server-closes-at-once', 'proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ hangsUp: true }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both({
    anyOf: [
      failed('proxy-refuses', { stage: 'proxy', certainty: { atMost: 'likely' } }),
      undetermined(['proxy-refuses'], { innocent: ['server-closes-at-once', 'proxy-unreachable'] }),
    ],
  }),
  needs: ['nft'],
});
