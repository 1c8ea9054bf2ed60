import { failed, scenario } from '../../scenario.js';
import { ip6, nft } from '../../world/steps.js';

export default scenario({
  id: 'marked-without-route6',
  side: 'device',
  title: 'A rule marks HTTPS, and the IPv6 routing table for that mark refuses it',
  target: 'https://[2001:db8:100::10]/',
  shows: 'no-route',
  nearly: ['local-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      `table inet byport { chain marking { type route hook output priority mangle; tcp dport 443 meta mark set 0x63\n }\n}\n`,
    ),
    ip6('device', 'rule add fwmark 0x63/0xff lookup 99 pref 60', 'route add unreachable default table 99'),
  ],
  expect: {
    root: failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /fwmark 0x63\/0xff lookup 99; there: unreachable default/ },
      innocent: ['local-firewall', 'dropped-on-path'],
    }),
    user: failed(['local-firewall', 'no-route'], { side: 'this-device' }),
  },
  needs: ['nft'],
});
