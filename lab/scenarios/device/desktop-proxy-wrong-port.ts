import { failed, likely, reachable, scenario } from '../../scenario.js';
import { KDE_SESSION, PROXY_NAME, PROXY_NAMES, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'desktop-proxy-wrong-port',
  side: 'device',
  title: "The desktop's settings send browsers to a port on which no proxy runs",
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'proxy-misconfigured',
  nearly: ['nothing-listening', 'proxy-unreachable'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  files: { xdg: { kioslaverc: `[Proxy Settings]\nProxyType=1\nhttpsProxy=http://${PROXY_NAME} 8080\n` } },
  break: [],
  expect: {
    user: failed('proxy-misconfigured', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'setting', name: 'httpsProxy', location: '/etc/xdg/kioslaverc:3' },
      innocent: ['nothing-listening', 'local-firewall'],
    }),
    // The desktop's settings are the user's: root goes without.
    root: reachable,
  },
});
