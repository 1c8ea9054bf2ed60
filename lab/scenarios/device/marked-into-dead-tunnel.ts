import { failed, likely, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';

export default scenario({
  id: 'marked-into-dead-tunnel',
  side: 'device',
  title: 'A rule marks HTTPS, and for that mark the routing table leads into a tunnel that no program serves any more',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['dropped-on-path', 'server-firewall', 'no-route'],
  break: [
    ip(
      'device',
      'tuntap add dev tun3 mode tun',
      'addr add 10.8.3.2/24 dev tun3',
      'link set tun3 up',
      'rule add fwmark 0x51 lookup 151 pref 70',
      'route add default dev tun3 table 151',
    ),
    nft(
      'device',
      `table inet byport { chain marking { type route hook output priority mangle; tcp dport 443 meta mark set 0x51\n }\n}\n`,
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'interface', name: 'tun3' },
      innocent: ['dropped-on-path', 'server-firewall', 'internet-down'],
    }),
    user: failed(['undetermined', 'vpn-blocks', 'local-firewall'], {}),
  },
  needs: ['tun', 'nft'],
});
