import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// As tailscaled sets routing up for an exit node (wgengine/router/router_linux.go: table 52, rules 5210 to 5270, its own packets
// marked 0x80000); the interface alone is here, the product is not.
export default scenario({
  id: 'tailscale-exit-node-dead',
  side: 'device',
  title: 'Tailscale leads everything to an exit node, and its daemon is gone while the interface stays',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'no-route'],
  break: [
    ip(
      'device',
      'tuntap add dev tailscale0 mode tun',
      'addr add 100.101.102.103/32 dev tailscale0',
      'link set tailscale0 up',
      'route add default dev tailscale0 table 52',
      'route add 100.100.100.100/32 dev tailscale0 table 52',
      'rule add pref 5210 fwmark 0x80000/0xff0000 lookup main',
      'rule add pref 5230 fwmark 0x80000/0xff0000 lookup default',
      'rule add pref 5250 fwmark 0x80000/0xff0000 unreachable',
      'rule add pref 5270 lookup 52',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'tailscale0', owner: 'Tailscale' },
      innocent: ['internet-down', 'dropped-on-path', 'no-route'],
    }),
  ),
  needs: ['tun'],
});
