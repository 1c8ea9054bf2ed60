import { failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'hello-reset-here',
  side: 'device',
  title: "This computer's own firewall answers what is said with a reset, in the server's place",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-closes-at-once', 'reset-injected'],
  break: [filterRule('device', 'output', 'tcp dport 443 meta length > 150 reject with tcp reset')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', table: 'lab', chain: 'output' } },
      innocent: ['server-closes-at-once', 'reset-injected', 'sni-filtered'],
    }),
    user: failed('local-firewall', {
      side: 'this-device',
      ...onlyLikely,
      innocent: ['server-closes-at-once', 'reset-injected', 'sni-filtered'],
    }),
  },
  needs: ['nft'],
});
