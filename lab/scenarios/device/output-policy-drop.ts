import { failed, likely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'output-policy-drop',
  side: 'device',
  title: "No rule drops: the chain's policy does",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    nft(
      'device',
      `table inet lockdown {
    chain out { type filter hook output priority 0; policy drop; oif "lo" accept; udp dport 53 accept; meta l4proto ipv6-icmp accept; tcp dport 53 accept; }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: ['policy', 'firewall-rule'], rule: { table: 'lockdown', chain: 'out' } },
    }),
    user: failed('local-firewall', { side: 'this-device', ...likely }),
  },
  needs: ['nft'],
});
