import { both, failed, likely, scenario } from '../../scenario.js';
import { LEFT_TUNNEL } from '../../world/left-tunnel.js';

export default scenario({
  id: 'tunnel-left-behind',
  side: 'device',
  title: 'A VPN has ended; its tunnel device and its two halves of the default route stay',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'local-firewall', 'network-down'],
  break: [LEFT_TUNNEL],
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
