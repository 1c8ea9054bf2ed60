import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

// The near miss of a dead tunnel beside a living IPv6: here the tunnel lives, and IPv6 is dead.
export default scenario({
  id: 'tunnel-well-beside-dead-ipv6',
  side: 'device',
  title: 'A VPN is up and well, IPv6 gets nowhere; the server drops what comes by IPv4',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['vpn-blocks'],
  break: [
    ip(
      'device',
      'link set eth0 down',
      'link set eth0 name tun0',
      'link set tun0 up',
      'route add default via 192.168.7.1 dev tun0',
    ),
    filterRule('home', 'forward', 'meta nfproto ipv6 drop', { labelText: 'ipv6 drop' }),
    filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'dport 443' }),
  ],
  expect: both({
    anyOf: [
      failed(['server-firewall', 'dropped-on-path'], { certainty: { atMost: 'likely' }, innocent: ['vpn-blocks'] }),
      undetermined(['server-firewall'], { innocent: ['vpn-blocks'] }),
    ],
  }),
  needs: ['nft'],
});
