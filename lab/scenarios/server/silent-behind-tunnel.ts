import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The near miss: the way leads through a tunnel that works (it is the cable under another name), and the server is silent.
export default scenario({
  id: 'silent-behind-tunnel',
  side: 'server',
  title: 'A VPN leads to the server and works; the server swallows HTTPS',
  target: 'https://198.51.100.10/',
  shows: 'server-firewall',
  nearly: ['vpn-blocks'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'tcp dport 443' })],
  distractors: [
    ip(
      'device',
      'link set eth0 down',
      'link set eth0 name wg0',
      'link set wg0 up',
      `route add default via ${ADDRESS.home} dev wg0`,
    ),
  ],
  expect: both({
    anyOf: [
      undetermined(['server-firewall']),
      failed(['server-firewall', 'dropped-on-path'], { certainty: { atMost: 'likely' } }),
    ],
  }),
  needs: ['nft'],
});
