import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// As Proton VPN's program for Linux has NetworkManager make it (connection pvpn-killswitch: a dummy interface, 100.85.0.1 as its own
// gateway, metric 98, which is below that of every cable). Built from its sources, without the product and with a cable to nobody:
// this kernel has no dummy interfaces.
export default scenario({
  id: 'proton-kill-switch-interface',
  side: 'device',
  title: "Proton VPN's kill switch is left: an interface that swallows everything holds the best default route",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'gateway-unreachable', 'dropped-on-path'],
  break: [
    ip(
      'device',
      'link add pvpnksintrf0 index 90 type veth peer name pvpnpeer index 91',
      'link set pvpnksintrf0 arp off addrgenmode none',
      'link set pvpnpeer addrgenmode none up',
      'addr add 100.85.0.1/24 dev pvpnksintrf0',
      'link set pvpnksintrf0 up',
      'route add default via 100.85.0.1 dev pvpnksintrf0 metric 98',
      'route del default via 192.168.7.1',
      'route add default via 192.168.7.1 dev eth0 metric 100',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'pvpnksintrf0', owner: 'Proton VPN' },
      innocent: ['internet-down', 'gateway-unreachable', 'dropped-on-path', 'server-firewall'],
    }),
  ),
});
