import { failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'words-held-back-here',
  side: 'device',
  title: 'A rule of this device lets connections be opened, and drops whatever is said on them',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-not-responding', 'server-overloaded'],
  break: [filterRule('device', 'output', 'tcp dport 443 tcp flags & psh == psh drop', { labelText: 'psh' })],
  expect: {
    // The kernel follows what is said to the rule.
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', table: 'lab', chain: 'output' } },
      innocent: ['server-not-responding', 'dropped-on-path', 'server-overloaded'],
    }),
    user: failed('local-firewall', {
      side: 'this-device',
      ...onlyLikely,
      innocent: ['server-not-responding', 'dropped-on-path', 'server-overloaded'],
    }),
  },
  needs: ['nft'],
});
