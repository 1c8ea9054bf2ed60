import { both, failed, likely, scenario } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';

export default scenario({
  id: 'openvpn-well-port-closed',
  side: 'server',
  title: 'Through a tunnel of OpenVPN that is well the server refuses: nothing listens on that port',
  target: 'four.example.com:8088',
  shows: 'nothing-listening',
  nearly: ['vpn-blocks'],
  break: openVpn(),
  expect: both(failed('nothing-listening', { side: 'server', ...likely, innocent: ['vpn-blocks'] })),
  needs: ['openvpn', 'tun'],
});
