import { both, reachable, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// getaddrinfo gives the IPv4 address after 15 s (glibc 2.36); it was called a failure that nobody could tell.
export default scenario({
  id: 'ipv6-questions-swallowed',
  side: 'fine',
  title: 'Questions for IPv6 addresses are swallowed on the way: programs wait for them, and go on with IPv4',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['resolver-failing', 'packet-loss'],
  break: [
    iptables(
      'provider',
      // Behind the name's end: type AAAA (28), class IN.
      '-A FORWARD -p udp --dport 53 -m string --algo bm --hex-string |03636f6d00001c0001| -j DROP',
    ),
  ],
  expect: both({ ...reachable, also: ['resolver-failing'], innocent: ['packet-loss', 'resolver-unreachable'] }),
  needs: ['iptables-nft'],
});
