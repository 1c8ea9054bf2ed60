import { failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// Without root: "time exceeded" of the first router comes in the target's own name.
export default scenario({
  id: 'translated-to-dead-port',
  side: 'device',
  title: 'A rule gives HTTPS to the server another port, where nothing listens',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['nothing-listening', 'server-firewall'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 198.51.100.10:9\n }\n}\n',
      { translate: 'dnat to 198.51.100.10:9' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'translate' } },
      innocent: ['nothing-listening', 'server-firewall'],
    }),
    user: failed('connection-redirected', {
      ...onlyLikely,
      side: ['unknown', 'this-device'],
      innocent: ['nothing-listening', 'server-firewall'],
    }),
  },
  needs: ['nft'],
});
