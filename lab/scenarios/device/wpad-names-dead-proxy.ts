import { failed, likely, reachable, scenario } from '../../scenario.js';
import { KDE_LOOKS_FOR_IT, KDE_SESSION, PROXY_NAME, RESOLV_CONF_WITH_DOMAIN, withWpad } from '../../world/proxies.js';

export default scenario({
  id: 'wpad-names-dead-proxy',
  side: 'device',
  title: 'The desktop looks for its proxy by itself, and the script that it finds names a port on which none runs',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'proxy-misconfigured',
  nearly: ['nothing-listening', 'proxy-unreachable'],
  services: { resolver: withWpad(`function FindProxyForURL() { return 'PROXY ${PROXY_NAME}:8080'; }\n`) },
  files: { xdg: { kioslaverc: KDE_LOOKS_FOR_IT }, resolvConf: RESOLV_CONF_WITH_DOMAIN },
  break: [],
  expect: {
    user: failed('proxy-misconfigured', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'setting', name: 'PAC script', location: /wpad\.corp\.example\.net\/wpad\.dat/ },
      evidence: /WPAD/,
      innocent: ['nothing-listening', 'local-firewall'],
    }),
    root: reachable,
  },
});
