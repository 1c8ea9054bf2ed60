import { both, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { companyVpn, INSIDE, INSIDE_SERVER } from '../../world/wireguard.js';

export default scenario({
  id: 'rejected-behind-vpn',
  side: 'path',
  title: 'The gateway of a VPN that is well refuses the connection, and says so: it is no router of this network',
  target: `http://${INSIDE.address}/`,
  shows: 'rejected-by-hop',
  nearly: ['vpn-blocks'],
  services: { server: INSIDE_SERVER },
  break: [
    ...companyVpn(),
    filterRule('edge', 'forward', 'iifname "wg9" tcp dport 80 reject with icmp admin-prohibited', { family: 'ip' }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      culprit: { kind: 'hop', address: '10.8.0.1', name: /behind the VPN wg0/ },
      innocent: ['vpn-blocks', 'local-firewall'],
    }),
  ),
  needs: ['nft', 'wireguard', 'tun'],
});
