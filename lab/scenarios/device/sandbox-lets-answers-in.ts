import { failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, sandbox } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'sandbox-lets-answers-in',
  side: 'device',
  title: 'A BPF program of the control group lets all in; a rule of the firewall drops the answer',
  target: `https://${ADDRESS.server}/`,
  shows: 'local-firewall',
  nearly: ['app-policy'],
  break: [filterRule('device', 'input', 'tcp sport 443 drop')],
  distractors: [sandbox({ receives: true })],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', table: 'lab' } },
    }),
    user: undetermined(['local-firewall', 'port-blocked-everywhere']),
  },
  needs: ['nft', 'cgroup-bpf'],
});
