import { both, reachable, scenario } from '../../scenario.js';
import { KDE_SESSION, PROXY_NAME, RESOLV_CONF_WITH_DOMAIN, withWpad } from '../../world/proxies.js';

export default scenario({
  id: 'wpad-that-nobody-asks',
  side: 'fine',
  title:
    'The name wpad leads to a script that names a dead proxy, and the desktop is set to use none: nobody asks for it',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'reachable',
  nearly: ['proxy-misconfigured', 'proxy-unreachable'],
  services: { resolver: withWpad(`function FindProxyForURL() { return 'PROXY ${PROXY_NAME}:8080'; }\n`) },
  files: { xdg: { kioslaverc: '[Proxy Settings]\nProxyType=0\n' }, resolvConf: RESOLV_CONF_WITH_DOMAIN },
  break: [],
  expect: both(reachable),
});
