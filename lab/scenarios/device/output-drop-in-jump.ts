import { localFirewall, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'output-drop-in-jump',
  side: 'device',
  title: 'The dropping rule sits in a chain that is jumped to',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    nft(
      'device',
      `table ip outgoing {
    chain blocked { ip daddr 198.51.100.0/24 tcp dport { 443, 8443 } drop; }
    chain out { type filter hook output priority filter; policy accept; ct state established,related accept; jump blocked; }
  }\n`,
      { block: 'ip daddr 198.51.100.0/24' },
    ),
  ],
  expect: localFirewall({ handleOf: 'block', table: 'outgoing', chain: 'blocked', family: 'ip' }),
  needs: ['nft'],
});
