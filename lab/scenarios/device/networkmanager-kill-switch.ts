import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { cable, networkManager } from '../../world/network-manager.js';
import { ip } from '../../world/steps.js';

// As Proton VPN's program for Linux has NetworkManager make it (its sources: proton-vpn-killswitch, killswitch_connection.py), without the
// product, and with a bridge and a port that leads nowhere: this kernel has no dummy interfaces.
const killSwitch = {
  name: 'pvpn-killswitch',
  uuid: '33333333-4444-4555-8666-777777777777',
  content: `type=bridge
interface-name=pvpnksintrf0

[bridge]
stp=false

[ipv4]
method=manual
address1=100.85.0.1/24,100.85.0.1
route-metric=98

[ipv6]
method=ignore
`,
};

export default scenario({
  id: 'networkmanager-kill-switch',
  side: 'device',
  title: "Proton VPN's kill switch is left, a connection of the real NetworkManager: its interface swallows everything",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'gateway-unreachable', 'dropped-on-path'],
  break: [
    networkManager([cable(), killSwitch]),
    ip(
      'device',
      'link add nowhere type ifb',
      'link set nowhere master pvpnksintrf0 up',
      'link set pvpnksintrf0 arp off',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      culprit: { kind: 'interface', name: 'pvpnksintrf0', owner: 'Proton VPN' },
      evidence: /NetworkManager.*pvpn-killswitch/,
      innocent: ['internet-down', 'gateway-unreachable', 'dropped-on-path', 'server-firewall'],
      ...onlyLikely,
    }),
  ),
  needs: ['NetworkManager', 'overlay', 'bridge'],
});
