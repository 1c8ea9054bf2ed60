import { both, reachable, scenario } from '../../scenario.js';
import { ip, ip6, nft } from '../../world/steps.js';

export default scenario({
  id: 'marked-table-empty',
  side: 'fine',
  title: 'A rule marks HTTPS, and the table for that mark is empty: the usual one is asked next, and all is well',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['no-route', 'vpn-blocks'],
  break: [],
  distractors: [
    nft(
      'device',
      `table inet byport { chain marking { type route hook output priority mangle; tcp dport 443 meta mark set 0x63\n }\n}\n`,
    ),
    ip('device', 'rule add fwmark 0x63 lookup 99 pref 60'),
    ip6('device', 'rule add fwmark 0x63 lookup 99 pref 60'),
  ],
  expect: both({ ...reachable, innocent: ['no-route', 'vpn-blocks'] }),
  needs: ['nft'],
});
