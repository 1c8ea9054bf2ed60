import { both, failed, likely, scenario } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-wrong-port',
  side: 'device',
  title: 'The proxy runs on another port than the one that is set; the target works without it',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL.replace('3128', '8080') },
  shows: 'proxy-misconfigured',
  nearly: ['nothing-listening', 'proxy-unreachable'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment' },
      innocent: ['nothing-listening', 'local-firewall'],
    }),
  ),
});
