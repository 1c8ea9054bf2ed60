import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

// The way out bears a VPN's name, and carries everything but this.
export default scenario({
  id: 'tunnel-well-server-silent',
  side: 'device',
  title: 'A VPN is up and well; the server drops what comes',
  target: 'https://198.51.100.10/',
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
    filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'dport 443' }),
  ],
  expect: both({
    anyOf: [
      failed(['server-firewall', 'dropped-on-path'], { certainty: { atMost: 'likely' }, innocent: ['vpn-blocks'] }),
      undetermined([], { innocent: ['vpn-blocks'] }),
    ],
  }),
  needs: ['nft'],
});
