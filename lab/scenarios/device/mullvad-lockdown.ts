import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'mullvad-lockdown',
  side: 'device',
  title: "Mullvad's lockdown mode lets nothing out while the tunnel is down",
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall'],
  break: [
    nft(
      'device',
      `table inet mullvad {
    chain output { type filter hook output priority filter; policy drop;
      oifname "lo" accept;
      udp sport 68 udp dport 67 accept;
      meta l4proto udp th dport 53 accept;
      reject comment "lockdown"
    }
    chain input { type filter hook input priority filter; policy drop; iifname "lo" accept; ct state established accept; }
  }\n`,
      { block: 'lockdown' },
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'mullvad', rule: { handleOf: 'block' } },
      innocent: ['local-firewall'],
    }),
    user: {
      anyOf: [
        failed(['local-firewall', 'vpn-blocks'], {
          side: 'this-device',
          certainty: { atLeast: 'likely', atMost: 'confirmed' },
        }),
      ],
    },
  },
  needs: ['nft'],
});
