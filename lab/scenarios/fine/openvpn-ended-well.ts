import { both, reachable, scenario } from '../../scenario.js';
import { officeVpn } from '../../world/openvpn-tls.js';

export default scenario({
  id: 'openvpn-ended-well',
  side: 'fine',
  title: 'OpenVPN stood in the place of the default route and was ended as it should be: everything is as before',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['vpn-blocks', 'no-route'],
  break: officeVpn({ end: 'SIGTERM' }),
  expect: both(reachable),
  needs: ['openvpn', 'tun'],
});
