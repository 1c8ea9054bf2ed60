import { both, failed, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'questions-lost',
  side: 'path',
  title: 'The provider loses three of four questions to the name server, and nothing else',
  target: 'https://shop.example.com/',
  shows: 'packet-loss',
  nearly: ['resolver-unreachable'],
  break: [
    nft(
      'provider',
      `table ip radio { chain air { type filter hook forward priority 0; policy accept;
        iifname "access" udp dport 53 numgen inc mod 4 != 3 drop
      }
      }\n`,
    ),
  ],
  // Whose question comes through is a matter of order: one of the two kinds of address is enough to go on with.
  expect: both({
    anyOf: [
      failed('packet-loss', {
        stage: 'name',
        certainty: { atLeast: 'likely', atMost: 'likely' },
        innocent: ['resolver-unreachable', 'name-filtered'],
      }),
      reachable,
    ],
  }),
  needs: ['nft', 'nft-numgen'],
});
