import { localFirewall, scenario } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';

export default scenario({
  id: 'vpn-table-and-own-rule',
  side: 'device',
  title: "A VPN's table lets it pass; a rule of somebody else drops it",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks'],
  break: [filterRule('device', 'output', 'ip daddr 198.51.100.0/24 drop')],
  distractors: [
    nft(
      'device',
      `table inet mullvad {
    chain output { type filter hook output priority filter - 10; policy drop; oifname { "lo", "eth0" } accept; reject; }
  }\n`,
    ),
  ],
  expect: localFirewall({ handleOf: 'block', table: 'lab' }),
  needs: ['nft'],
});
