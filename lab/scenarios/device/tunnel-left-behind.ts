import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'tunnel-left-behind',
  side: 'device',
  title: 'A VPN has ended; its tunnel device and its two halves of the default route stay',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'local-firewall', 'network-down'],
  break: [
    ip(
      'device',
      'tuntap add dev tun0 mode tun',
      'addr add 10.8.0.2/24 dev tun0',
      'link set tun0 up',
      'route add 0.0.0.0/1 dev tun0',
      'route add 128.0.0.0/1 dev tun0',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'interface', name: 'tun0' },
      innocent: ['internet-down', 'server-firewall', 'dropped-on-path', 'local-firewall'],
    }),
  ),
  needs: ['tun'],
});
