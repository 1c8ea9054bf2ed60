import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// As wg-quick(8) and most VPN programs lead everything into their tunnel: by two halves, so that the default route stays.
export default scenario({
  id: 'tunnel-dead-holds-routes',
  side: 'device',
  title: 'The tunnel of a VPN holds all routes, and its other end is gone',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['server-firewall', 'host-down', 'internet-down', 'dropped-on-path'],
  break: [
    ip(
      'device',
      'link add wg0 index 90 type veth peer name peer0 index 91',
      'link set wg0 arp off',
      'link set wg0 addrgenmode none',
      'link set wg0 up',
      'link set peer0 addrgenmode none',
      'link set peer0 up',
      'addr add 10.99.0.2/32 dev wg0',
      'route add 0.0.0.0/1 dev wg0',
      'route add 128.0.0.0/1 dev wg0',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'interface', name: 'wg0' },
      innocent: ['server-firewall', 'host-down', 'internet-down', 'dropped-on-path', 'local-firewall'],
    }),
  ),
});
