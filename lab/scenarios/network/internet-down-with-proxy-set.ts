import { both, failed, likely, scenario } from '../../scenario.js';
import { withProxy } from '../../world/proxies.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'internet-down-with-proxy-set',
  side: 'network',
  title: 'A proxy is set in /etc/environment, and the line to the provider is down for it as well',
  target: 'https://shop.example.com/',
  shows: 'internet-down',
  nearly: ['proxy-required', 'proxy-unreachable'],
  files: { environment: `https_proxy=http://${ADDRESS.resolver}:3128\n` },
  services: { resolver: withProxy() },
  break: [ip('home', 'link set wan down')],
  expect: both(failed('internet-down', { ...likely, innocent: ['proxy-required', 'proxy-unreachable'] })),
});
