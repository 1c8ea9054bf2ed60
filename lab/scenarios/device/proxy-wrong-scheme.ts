import { both, failed, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-wrong-scheme',
  side: 'device',
  title: 'https:// is written before a proxy that speaks without TLS',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL.replace('http:', 'https:') },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses', 'wrong-scheme-or-port'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment' },
      innocent: ['wrong-scheme-or-port', 'proxy-refuses'],
    }),
  ),
  needs: ['nft'],
});
