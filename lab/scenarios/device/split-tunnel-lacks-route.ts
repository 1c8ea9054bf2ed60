import { both, failed, scenario } from '../../scenario.js';
import { COMPANY_RESOLV_CONF, COMPANY_RESOLVER, companyVpn, INSIDE, INSIDE_SERVER } from '../../world/wireguard.js';

export default scenario({
  id: 'split-tunnel-lacks-route',
  side: 'device',
  title: "The company's VPN is up, its name server gives an inside address, and no route leads that into the tunnel",
  target: `http://${INSIDE.name}/`,
  shows: 'vpn-blocks',
  nearly: ['unreachable-by-hop', 'host-down', 'dropped-on-path'],
  services: { edge: COMPANY_RESOLVER, server: INSIDE_SERVER },
  files: { resolvConf: COMPANY_RESOLV_CONF },
  break: companyVpn({ routes: [] }),
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      stage: 'route',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'interface', name: 'wg0', owner: 'WireGuard' },
      evidence: /holds by wg0/,
      innocent: ['unreachable-by-hop', 'host-down', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['wireguard', 'tun'],
});
