import { both, failed, likely, scenario, undetermined } from '../../scenario.js';
import { cable, networkManager } from '../../world/network-manager.js';
import { officeConnection, officeServer } from '../../world/openvpn-tls.js';

export default scenario({
  id: 'networkmanager-vpn-port-closed',
  side: 'server',
  title:
    'Through an OpenVPN connection of the real NetworkManager that is well the server refuses: nothing listens there',
  target: 'four.example.com:8088',
  shows: 'nothing-listening',
  nearly: ['vpn-blocks'],
  break: [...officeServer(), networkManager([cable(), officeConnection])],
  // On a busy machine a packet through the tunnel takes as long as it likes: a soon refusal may then look like another's.
  expect: both({
    anyOf: [
      failed('nothing-listening', { side: 'server', ...likely, innocent: ['vpn-blocks'] }),
      undetermined(['nothing-listening'], { innocent: ['vpn-blocks'] }),
    ],
  }),
  needs: ['NetworkManager', 'NetworkManager-openvpn', 'openvpn', 'tun', 'overlay'],
});
