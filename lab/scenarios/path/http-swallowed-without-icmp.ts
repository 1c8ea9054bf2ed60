import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { filterRule, iptables } from '../../world/steps.js';

export default scenario({
  id: 'http-swallowed-without-icmp',
  side: 'path',
  title: 'The home router swallows requests for this host on a port of its own, and no router says anything',
  target: 'http://four.example.com:8000/',
  shows: 'http-filtered',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  services: { server: [http(undefined, 8000)] },
  break: [iptables('home', '-A FORWARD -p tcp --dport 8000 -m string --string four.example.com --algo bm -j DROP')],
  distractors: [
    filterRule('home', 'output', 'icmp type time-exceeded drop'),
    filterRule('home', 'forward', 'icmp type time-exceeded drop', { table: 'quiet', chain: 'by' }),
  ],
  // Only that the server's system acknowledges what is said for another host, and never this.
  expect: both(
    failed('http-filtered', { side: 'path', stage: 'http', ...onlyLikely, innocent: ['server-not-responding'] }),
  ),
  needs: ['iptables-nft', 'nft'],
});
