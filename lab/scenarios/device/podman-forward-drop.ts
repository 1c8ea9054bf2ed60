import { both, failed, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'podman-forward-drop',
  side: 'device',
  title: 'From a container of the real Podman: a rule for what passes through this machine drops it',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'no-route'],
  break: [
    podman([{ name: 'web', network: 'front' }]),
    filterRule('device', 'forward', 'ip daddr 198.51.100.10 tcp dport 443 drop', { labelText: 'dport 443 drop' }),
  ],
  distractors: [filterRule('device', 'forward', 'ip daddr 198.51.100.99 drop', { table: 'other', label: 'other' })],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
      innocent: ['server-firewall', 'dropped-on-path', 'no-route', 'containers-not-connected'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge', 'nft'],
});
