import { both, reachable, scenario } from '../../scenario.js';
import { KDE_BY_SCRIPT, KDE_SESSION, PROXY_NAMES, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'desktop-script-missing',
  side: 'fine',
  title: 'The script that should choose a proxy cannot be loaded: browsers go directly, and that works',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'reachable',
  nearly: ['proxy-misconfigured', 'proxy-unreachable'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  files: { xdg: { kioslaverc: KDE_BY_SCRIPT } },
  break: [],
  expect: both(reachable),
});
