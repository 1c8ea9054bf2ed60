import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'vpn-policy-drop',
  side: 'device',
  title: "A VPN program's table drops by its policy whatever no rule of it allows",
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall'],
  break: [
    nft(
      'device',
      `table inet mozvpn {
    chain out { type filter hook output priority filter; policy drop; oifname { "lo", "moz0" } accept; udp dport 53 accept; }
  }\n`,
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', owner: 'mozilla-vpn', rule: { table: 'mozvpn', chain: 'out' } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['nft'],
});
