import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// "No IPv6 address" is no answer about the other one: it was, and nobody could tell then, after 9 s.
export default scenario({
  id: 'silent-about-ipv4',
  side: 'names',
  title: 'Questions for IPv4 addresses are swallowed on the way to the resolver; the name has no IPv6 address',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['name-has-no-address', 'resolver-unreachable'],
  break: [
    iptables(
      'provider',
      // Behind the name's end: type A (1), class IN.
      `-A FORWARD -d ${ADDRESS.resolver} -p udp --dport 53 -m string --algo bm --hex-string |03636f6d0000010001| -j DROP`,
    ),
  ],
  expect: both(
    failed('resolver-failing', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      evidence: /about the other kind of address it answers/,
      innocent: ['name-has-no-address', 'resolver-unreachable', 'name-filtered'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
