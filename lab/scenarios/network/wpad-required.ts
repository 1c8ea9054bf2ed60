import { failed, reachable, scenario } from '../../scenario.js';
import {
  KDE_LOOKS_FOR_IT,
  KDE_SESSION,
  ONLY_PROXY_GETS_OUT,
  PROXY_NAME,
  RESOLV_CONF_WITH_DOMAIN,
  withWpad,
} from '../../world/proxies.js';

export default scenario({
  id: 'wpad-required',
  side: 'network',
  title: 'Only the proxy gets out; the desktop finds it by itself, by the name wpad (WPAD), and root has no desktop',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'proxy-required',
  nearly: ['internet-down', 'dropped-on-path'],
  services: { resolver: withWpad(`function FindProxyForURL() { return 'PROXY ${PROXY_NAME}:3128'; }\n`) },
  files: { xdg: { kioslaverc: KDE_LOOKS_FOR_IT }, resolvConf: RESOLV_CONF_WITH_DOMAIN },
  break: [ONLY_PROXY_GETS_OUT],
  expect: {
    user: reachable,
    root: failed('proxy-required', {
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'PAC script', location: /wpad\.corp\.example\.net\/wpad\.dat .*ProxyType/ },
      evidence: /WPAD.*takes the name wpad/,
    }),
  },
  needs: ['nft'],
});
