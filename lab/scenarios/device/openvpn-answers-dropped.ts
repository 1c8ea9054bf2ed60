import { failed, scenario } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';
import { filterRule } from '../../world/steps.js';

// Where OpenVPN sends nobody but its own command line tells: its socket is not connected.
export default scenario({
  id: 'openvpn-answers-dropped',
  side: 'device',
  title: 'OpenVPN holds everything, and a rule of this computer drops what its server answers',
  target: 'https://198.51.100.10/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks', 'internet-down', 'dropped-on-path', 'server-firewall'],
  break: [filterRule('device', 'input', 'udp sport 1194 drop', { labelText: 'udp sport 1194' })],
  distractors: openVpn(),
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { text: /udp sport 1194 drop/ } },
      innocent: ['vpn-blocks', 'dropped-on-path', 'server-firewall'],
    }),
    user: failed('vpn-blocks', { certainty: { atMost: 'likely' }, culprit: { name: 'tun0' } }),
  },
  needs: ['openvpn', 'tun', 'nft'],
});
