import { atMostLikely, failed, likely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// Near miss: a name server whose own port is closed.
export default scenario({
  id: 'questions-led-to-closed-port',
  side: 'device',
  title:
    'A rule of this computer leads questions for names to a port of its own, and the program that took them is gone',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['resolver-unreachable'],
  break: [
    nft(
      'device',
      `table ip lab { chain out { type nat hook output priority -100; policy accept; udp dport 53 redirect to :5353; tcp dport 53 redirect to :5353; }
      }\n`,
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'firewall-rule' },
      innocent: ['resolver-unreachable'],
    }),
    // Which of the two refuses is seen by root alone.
    user: failed('resolver-unreachable', { side: 'unknown', ...atMostLikely }),
  },
  needs: ['nft'],
});
