import { both, reachable, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'edns-swallowed',
  side: 'names',
  title: 'A firewall on the way throws questions with EDNS away; the system asks without, and gets its answer',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'resolver-failing'],
  break: [
    // The OPT record of an empty root name (RFC 6891 6.1.2).
    iptables('provider', '-A FORWARD -p udp --dport 53 -m string --hex-string |000029| --algo bm -j DROP'),
  ],
  expect: both({ ...reachable, innocent: ['resolver-unreachable', 'resolver-failing'] }),
  needs: ['iptables-nft'],
});
