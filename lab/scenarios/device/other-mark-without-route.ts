import { localFirewall, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';

export default scenario({
  id: 'other-mark-without-route',
  side: 'device',
  title: 'A rule drops HTTPS, which bears a mark; for another mark the routing table throws packets away',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['no-route'],
  break: [
    nft(
      'device',
      `table inet marks {
    chain marking { type route hook output priority mangle; tcp dport 443 meta mark set 0x162; }
    chain out { type filter hook output priority filter; meta mark 0x162 drop; }
  }\n`,
      { block: 'meta mark 0x00000162' },
    ),
  ],
  distractors: [ip('device', 'rule add fwmark 0x63/0xff lookup 99 pref 60', 'route add blackhole default table 99')],
  expect: localFirewall({ handleOf: 'block', table: 'marks', chain: 'out' }),
  needs: ['nft'],
});
