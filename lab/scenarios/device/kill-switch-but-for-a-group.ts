import { failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// As guides for split tunnels write it: programs of one group may go beside the tunnel. We are of another one.
export default scenario({
  id: 'kill-switch-but-for-a-group',
  side: 'device',
  title: "A VPN's kill switch of plain rules lets out, beside tun0, what programs of one group send; tun0 is gone",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall', 'app-policy'],
  break: [
    iptables(
      'device',
      '-A OUTPUT -o lo -j ACCEPT',
      '-A OUTPUT -d 192.168.7.0/24 -j ACCEPT',
      '-A OUTPUT -d 203.0.113.5 -p udp --dport 1194 -j ACCEPT',
      '-A OUTPUT -m owner --gid-owner 997 -j ACCEPT',
      '-A OUTPUT -o tun0 -j ACCEPT',
      '-A OUTPUT -j DROP',
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'OUTPUT', number: 6 } },
      innocent: ['local-firewall', 'app-policy'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['iptables-nft'],
});
