import { both, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// As from a wireless network that begins to sleep: getaddrinfo alone would wait for five seconds.
export default scenario({
  id: 'first-question-lost',
  side: 'path',
  title: 'The first questions for the name get lost, each one after them is answered',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['packet-loss', 'resolver-unreachable'],
  break: [],
  distractors: [
    nft(
      'provider',
      `table ip radio { chain air { type filter hook forward priority 0; policy accept;
        iifname "access" udp dport 53 limit rate over 2/day burst 2 packets accept
        iifname "access" udp dport 53 drop
      }
      }\n`,
    ),
  ],
  expect: both({ ...reachable, innocent: ['packet-loss', 'resolver-unreachable'] }),
  needs: ['nft'],
  fresh: true,
});
