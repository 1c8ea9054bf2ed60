import { localFirewall, scenario } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';

export default scenario({
  id: 'fail2ban-others-only',
  side: 'device',
  title: 'fail2ban has banned others; an ordinary rule blocks this connection',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['client-banned'],
  break: [filterRule('device', 'output', 'tcp dport 443 drop')],
  distractors: [
    nft(
      'device',
      `table inet f2b-table {
    set addr-set-sshd { type ipv4_addr; elements = { 203.0.113.77, 192.0.2.200 }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; meta l4proto tcp ip saddr @addr-set-sshd drop; }
  }\n`,
    ),
  ],
  expect: localFirewall({ handleOf: 'block', table: 'lab' }),
  needs: ['nft'],
});
