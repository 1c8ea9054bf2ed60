import { both, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'ban-list-without-us',
  side: 'fine',
  title: 'The server has a ban list, and we are not on it',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['client-banned', 'server-firewall'],
  break: [],
  distractors: [
    nft(
      'server',
      `table inet f2b-table {
    set addr-set-nginx { type ipv4_addr; elements = { 203.0.113.77, 192.0.2.200 }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; tcp dport { 80, 443 } ip saddr @addr-set-nginx reject with icmp port-unreachable; }
  }\n`,
    ),
  ],
  expect: both(reachable),
  needs: ['nft'],
});
