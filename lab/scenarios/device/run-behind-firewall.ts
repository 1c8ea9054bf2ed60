import { failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'run-behind-firewall',
  side: 'device',
  title: "A command's connection is refused by this device's own firewall",
  target: 'http://198.51.100.10/',
  run: ['curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'local-firewall',
  nearly: ['app-policy', 'nothing-listening'],
  break: [filterRule('device', 'output', 'tcp dport 80 reject', { labelText: 'dport 80' })],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
      innocent: ['app-policy'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['nft', 'strace'],
});
