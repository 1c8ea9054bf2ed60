import { failed, onlyLikely, scenario } from '../../scenario.js';
import { ip, iptables } from '../../world/steps.js';

export default scenario({
  id: 'marked-without-route',
  side: 'device',
  title: 'A rule of iptables marks HTTPS, and the routing table for that mark throws it away',
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['local-firewall'],
  break: [
    iptables('device', '-t mangle -A OUTPUT -p tcp --dport 443 -j MARK --set-mark 0x63'),
    ip('device', 'rule add fwmark 0x63 lookup 99 pref 60', 'route add blackhole default table 99'),
  ],
  distractors: [iptables('device', '-A OUTPUT -d 198.51.100.77 -j DROP')],
  expect: {
    root: failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /fwmark 0x63 lookup 99; there: blackhole default table 99/ },
      innocent: ['local-firewall'],
    }),
    user: failed('local-firewall', { side: 'this-device', ...onlyLikely }),
  },
  needs: ['iptables-nft'],
});
