import { both, failed, likely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { LEFT_TUNNEL } from '../../world/left-tunnel.js';
import { ADDRESS } from '../../world/topology.js';

// Many VPNs lead IPv4 alone into their tunnel. What still goes out by IPv6 beside it tells nothing of the tunnel.
export default scenario({
  id: 'tunnel-left-behind-beside-ipv6',
  side: 'device',
  title: 'A VPN for IPv4 has ended and its tunnel device stays; by IPv6, and to the resolver at home, all is well',
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['server-firewall', 'host-down', 'local-firewall'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  services: { home: [dns()] },
  break: [LEFT_TUNNEL],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'interface', name: 'tun0' },
      innocent: ['internet-down', 'server-firewall', 'host-down', 'dropped-on-path', 'local-firewall'],
    }),
  ),
  needs: ['tun'],
});
