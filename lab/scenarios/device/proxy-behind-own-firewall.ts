import { localFirewall, scenario } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'proxy-behind-own-firewall',
  side: 'device',
  title: 'This device itself drops what is sent to the proxy',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'local-firewall',
  nearly: ['proxy-unreachable', 'proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [filterRule('device', 'output', 'tcp dport 3128 drop')],
  expect: localFirewall({ handleOf: 'block', table: 'lab', chain: 'output' }),
  needs: ['nft'],
});
