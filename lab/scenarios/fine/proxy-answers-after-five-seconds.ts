import { both, reachable, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

// As one that looks up its caller's name at a name server that is dead (resolv.conf(5)); its other end is
// network/proxy-says-nothing.
export default scenario({
  id: 'proxy-answers-after-five-seconds',
  side: 'fine',
  title: 'The proxy takes 5 s to answer: it is slow, and nobody is blamed',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'reachable',
  nearly: ['proxy-unreachable', 'proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ delayMs: 5_000 }) },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(reachable),
  needs: ['nft'],
});
