import { both, failed, likely, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'stopped-behind-proxy',
  side: 'server',
  title: 'The service is stopped, and the proxy says that it cannot connect to it',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'gateway-upstream-down',
  nearly: ['proxy-refuses', 'proxy-unreachable', 'proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy(), server: [ssh()] },
  break: [],
  expect: both(
    failed('gateway-upstream-down', {
      side: 'server',
      ...likely,
      innocent: ['proxy-refuses', 'proxy-unreachable', 'proxy-misconfigured'],
    }),
  ),
});
