import { failed, reachable, scenario } from '../../scenario.js';
import {
  KDE_BY_SCRIPT,
  KDE_SESSION,
  ONLY_PROXY_GETS_OUT,
  PAC_URL,
  PROXY_NAME,
  PROXY_NAMES,
  withPac,
} from '../../world/proxies.js';

const script = `function FindProxyForURL() { return 'PROXY ${PROXY_NAME}:3129; PROXY ${PROXY_NAME}:3128'; }\n`;

export default scenario({
  id: 'desktop-script-second-proxy',
  side: 'fine',
  title:
    'Only a proxy gets out; of the two that the desktop’s script names the first is off, so browsers take the second',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'reachable',
  nearly: ['proxy-unreachable', 'proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withPac(script) },
  files: { xdg: { kioslaverc: KDE_BY_SCRIPT } },
  break: [ONLY_PROXY_GETS_OUT],
  expect: {
    user: reachable,
    // Root has no desktop session: it goes directly, and the script shows what is missing.
    root: failed('proxy-required', {
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'PAC script', location: `${PAC_URL} (/etc/xdg/kioslaverc:3)` },
    }),
  },
  needs: ['nft'],
});
