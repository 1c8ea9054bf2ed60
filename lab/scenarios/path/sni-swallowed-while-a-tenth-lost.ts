import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, iptables } from '../../world/steps.js';

// The loss explains that now and then a connection is not answered, and never that this name is not, time after time.
export default scenario({
  id: 'sni-swallowed-while-a-tenth-lost',
  side: 'path',
  title: 'The provider swallows what opens TLS for this name, and behind it a tenth of all packets is lost',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['packet-loss', 'server-not-responding', 'path-mtu-blackhole'],
  break: [iptables('provider', '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j DROP')],
  distractors: [
    filterRule('edge', 'forward', 'meta l4proto tcp numgen random mod 10 0 drop', { table: 'loss', chain: 'by' }),
  ],
  expect: both({
    anyOf: [
      failed('sni-filtered', { side: 'path', stage: 'tls', innocent: ['packet-loss', 'server-not-responding'] }),
      undetermined(['sni-filtered'], { innocent: ['packet-loss'] }),
      // That nothing at all is concluded is honest too, as long as nobody is blamed.
      undetermined([], { innocent: ['packet-loss'] }),
    ],
  }),
  needs: ['iptables-nft', 'nft'],
});
