import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { companyVpn, INSIDE, INSIDE_SERVER } from '../../world/wireguard.js';

export default scenario({
  id: 'inner-address-without-vpn',
  side: 'path',
  title: 'The VPN is down, and a router of the internet knows no way to an address inside: no fault of the provider',
  target: `http://${INSIDE.address}/`,
  shows: 'unreachable-by-hop',
  nearly: ['host-down', 'server-firewall'],
  services: { server: INSIDE_SERVER },
  break: [...companyVpn(), ip('device', 'link set wg0 down')],
  expect: both(
    failed('unreachable-by-hop', { side: 'path', innocent: ['host-down', 'server-firewall', 'internet-down'] }),
  ),
  needs: ['wireguard', 'tun'],
});
