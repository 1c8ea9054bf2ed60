import { both, failed, reachable, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// After a few connections in a minute the rest is reset: whichever name happens to be asked for then.
export default scenario({
  id: 'limits-handshakes',
  side: 'server',
  title: 'The server resets what is said on all but a few connections a minute',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['sni-filtered', 'reset-injected', 'local-firewall'],
  break: [
    nft(
      'server',
      `table inet few { chain in { type filter hook input priority 0; policy accept;
        tcp dport 443 tcp flags & psh == psh limit rate over 3/minute burst 3 packets reject with tcp reset
      }
      }\n`,
    ),
  ],
  expect: both({
    anyOf: [
      reachable,
      undetermined([], { innocent: ['sni-filtered', 'reset-injected', 'local-firewall'] }),
      failed(['server-closes-at-once', 'server-overloaded', 'momentary-glitch', 'rate-limited'], {
        certainty: { atMost: 'likely' },
        innocent: ['sni-filtered', 'reset-injected', 'local-firewall'],
      }),
    ],
  }),
  needs: ['nft'],
  fresh: true,
});
