import { failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Without privileges the rule cannot be read: that it can only match this user is not known.
export default scenario({
  id: 'long-words-of-user-dropped',
  side: 'device',
  title:
    'A rule drops long packets that some users send: their connections open, and what is said on them never leaves',
  target: 'https://four.example.com/',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-not-responding', 'path-mtu-blackhole'],
  break: [
    filterRule('device', 'output', 'meta skuid 0-65534 tcp dport 443 meta length > 150 drop', { labelText: 'skuid' }),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { text: /skuid 0-65534/ } },
      innocent: ['server-not-responding', 'path-mtu-blackhole'],
    }),
    user: {
      anyOf: [
        failed(['local-firewall', 'app-policy'], { side: 'this-device', certainty: { atMost: 'likely' } }),
        undetermined(['local-firewall', 'app-policy']),
      ],
    },
  },
  needs: ['nft'],
});
