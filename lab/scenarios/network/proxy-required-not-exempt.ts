import { both, failed, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-required-not-exempt',
  side: 'network',
  title: 'Only the proxy gets out, and no_proxy takes the site out of it',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL, no_proxy: '.local,example.com' },
  shows: 'proxy-required',
  nearly: ['internet-down', 'dropped-on-path'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-required', {
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'no_proxy', location: 'environment' },
      innocent: ['internet-down'],
    }),
  ),
  needs: ['nft'],
});
