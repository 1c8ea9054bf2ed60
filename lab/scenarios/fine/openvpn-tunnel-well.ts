import { both, reachable, scenario } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';

export default scenario({
  id: 'openvpn-tunnel-well',
  side: 'fine',
  title: 'OpenVPN holds everything, and its server passes it on',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['vpn-blocks'],
  break: openVpn(),
  expect: both(reachable),
  needs: ['openvpn', 'tun'],
});
