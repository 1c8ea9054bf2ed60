import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { cable, networkManager } from '../../world/network-manager.js';
import { officeConnection, officeServer } from '../../world/openvpn-tls.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'networkmanager-vpn-dead',
  side: 'device',
  title:
    'The real NetworkManager has an OpenVPN connection up that takes everything, and its server is out of reach now',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  break: [
    ...officeServer(),
    networkManager([cable(), officeConnection]),
    filterRule('edge', 'input', 'udp dport 1194 drop'),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'tun0', owner: 'OpenVPN' },
      evidence: /NetworkManager.*Office \(Berlin\)/,
      innocent: ['internet-down', 'dropped-on-path', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['NetworkManager', 'NetworkManager-openvpn', 'openvpn', 'tun', 'overlay'],
});
