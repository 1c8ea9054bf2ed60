import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule, iptables } from '../../world/steps.js';

export default scenario({
  id: 'sni-swallowed-without-icmp',
  side: 'path',
  title: 'The provider swallows what opens TLS for this name, and no router on the way says anything',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  break: [iptables('provider', '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j DROP')],
  distractors: [
    filterRule('home', 'output', 'icmp type time-exceeded drop'),
    filterRule('home', 'forward', 'icmp type time-exceeded drop', { table: 'quiet', chain: 'by' }),
  ],
  // Only that the same name fails alike at a host that has nothing to do with it.
  expect: both(
    failed('sni-filtered', { side: 'path', stage: 'tls', ...onlyLikely, innocent: ['server-not-responding'] }),
  ),
  needs: ['iptables-nft', 'nft'],
});
