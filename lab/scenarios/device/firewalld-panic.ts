import { failed, scenario } from '../../scenario.js';
import { firewalld } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'firewalld-panic',
  side: 'device',
  title: "firewalld's panic mode drops everything",
  target: `https://${ADDRESS.server}/`,
  shows: 'local-firewall',
  nearly: ['internet-down', 'gateway-unreachable', 'network-down'],
  break: [firewalld('device', '--panic-on')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'firewalld', name: 'firewalld panic mode', rule: { table: 'firewalld_policy_drop' } },
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['firewalld'],
});
