import { both, failed, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, SOCKS_URL, withSocks } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-of-socks-5-named-4',
  side: 'device',
  title: 'socks4a:// is written before a proxy that speaks version 5 alone',
  target: 'https://four.example.com/',
  environment: { https_proxy: SOCKS_URL.replace('socks5h:', 'socks4a:') },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withSocks() },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment' },
      innocent: ['proxy-refuses'],
    }),
  ),
  needs: ['nft'],
});
