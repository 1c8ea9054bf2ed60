import { failed, scenario } from '../../scenario.js';
import { officeVpn } from '../../world/openvpn-tls.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'openvpn-kill-switch',
  side: 'device',
  title: 'OpenVPN was killed and left the default route alone (def1); rules let nothing out but into its tunnel',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall', 'no-route'],
  break: [
    ...officeVpn({ push: 'redirect-gateway def1', end: 'SIGKILL' }),
    iptables(
      'device',
      '-A OUTPUT -o lo -j ACCEPT',
      `-A OUTPUT -d ${ADDRESS.edge} -p udp --dport 1194 -j ACCEPT`,
      '-A OUTPUT ! -o tun0 -j DROP',
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'OUTPUT', number: 3 } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['openvpn', 'tun', 'iptables-nft'],
});
