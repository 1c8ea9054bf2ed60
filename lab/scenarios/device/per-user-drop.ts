import { failed, onlyLikely, reachable, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Without privileges the rule cannot be read: that it can only match this user is not known.
export default scenario({
  id: 'per-user-drop',
  side: 'device',
  title: 'A rule blocks one user only: as root all is well',
  target: 'https://four.example.com/',
  shows: 'app-policy',
  nearly: ['local-firewall'],
  break: [filterRule('device', 'output', 'meta skuid 65534 tcp dport 443 drop', { labelText: 'skuid 65534' })],
  expect: {
    root: reachable,
    user: {
      anyOf: [
        failed(['local-firewall', 'app-policy'], { side: 'this-device', ...onlyLikely }),
        undetermined(['local-firewall', 'app-policy']),
      ],
    },
  },
  needs: ['nft'],
});
