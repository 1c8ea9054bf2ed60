import { both, failed, scenario } from '../../scenario.js';
import { lease } from '../../world/portal.js';
import {
  KDE_LOOKS_FOR_IT,
  ONLY_PROXY_GETS_OUT,
  PAC_URL,
  PROXY_NAME,
  PROXY_NAMES,
  withPac,
} from '../../world/proxies.js';

export default scenario({
  id: 'wpad-by-dhcp',
  side: 'network',
  title: 'Only the proxy gets out; DHCP announces the script that names it (option 252), and KDE looks for one',
  target: 'https://four.example.com/',
  shows: 'proxy-required',
  nearly: ['internet-down', 'dropped-on-path'],
  names: PROXY_NAMES,
  services: { resolver: withPac(`function FindProxyForURL() { return 'PROXY ${PROXY_NAME}:3128'; }\n`) },
  files: { xdg: { kioslaverc: KDE_LOOKS_FOR_IT } },
  break: [ONLY_PROXY_GETS_OUT, ...lease(PAC_URL, { option: 252 })],
  expect: both(
    failed('proxy-required', {
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'setting',
        name: 'PAC script',
        location: /proxy\.pac \(announced by DHCP, .*dhclient\.eth0\.leases/,
      },
      evidence: /WPAD.*answers DHCP/,
    }),
  ),
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
