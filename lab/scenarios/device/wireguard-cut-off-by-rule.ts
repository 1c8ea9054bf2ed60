import { failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { wholeVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'wireguard-cut-off-by-rule',
  side: 'device',
  title: 'WireGuard takes everything and is well; a rule of this computer drops what it sends to its other end',
  target: 'https://198.51.100.10/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks', 'internet-down', 'dropped-on-path', 'server-firewall'],
  break: [filterRule('device', 'output', 'udp dport 51820 drop', { labelText: 'udp dport 51820' })],
  distractors: wholeVpn(),
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { text: /udp dport 51820 drop/ } },
      innocent: ['vpn-blocks', 'dropped-on-path', 'server-firewall'],
    }),
    // Where the tunnel sends, WireGuard tells root alone.
    user: failed('vpn-blocks', { ...likely, certainty: { atMost: 'likely' }, culprit: { name: 'wg0' } }),
  },
  needs: ['wireguard', 'tun', 'nft'],
});
