import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Root itself is not concerned: only a probe with the identity of the one who called sudo meets the rule.
export default scenario({
  id: 'sudo-rule-for-caller',
  side: 'device',
  title: 'Under sudo: a rule forbids the connection to the user who called it',
  target: 'https://four.example.com/',
  environment: { SUDO_UID: '65534', SUDO_GID: '65534', SUDO_USER: 'nobody' },
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall'],
  break: [
    filterRule('device', 'output', 'meta skuid 65534 tcp dport 443 reject with icmpx admin-prohibited', {
      labelText: 'skuid 65534',
    }),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { handleOf: 'block', text: /skuid/ } },
    }),
    user: {
      anyOf: [
        failed(['local-firewall', 'app-policy'], { side: 'this-device', ...onlyLikely }),
        undetermined(['local-firewall', 'app-policy']),
      ],
    },
  },
  needs: ['nft'],
});
