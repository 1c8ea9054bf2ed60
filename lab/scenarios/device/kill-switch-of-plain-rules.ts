import { failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// As guides for OpenVPN write it: no rule alone says that it is a kill switch.
export default scenario({
  id: 'kill-switch-of-plain-rules',
  side: 'device',
  title:
    'Rules let out what goes into tun0, to the server of a VPN and into the own network, and drop the rest; tun0 is gone',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall'],
  break: [
    iptables(
      'device',
      '-A OUTPUT -o lo -j ACCEPT',
      '-A OUTPUT -d 192.168.7.0/24 -j ACCEPT',
      '-A OUTPUT -d 203.0.113.5 -p udp --dport 1194 -j ACCEPT',
      '-A OUTPUT -o tun0 -j ACCEPT',
      '-A OUTPUT -j DROP',
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'OUTPUT', number: 5 } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['iptables-nft'],
});
