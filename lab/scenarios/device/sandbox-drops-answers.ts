import { failed, scenario, undetermined } from '../../scenario.js';
import { sandbox } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The program is behind the hook input: no rule sees the drop. Before 6.11 the kernel does not say whose packet it was.
export default scenario({
  id: 'sandbox-drops-answers',
  side: 'device',
  title: 'A BPF program of the control group in which the command runs throws away all that comes in for it',
  target: `https://${ADDRESS.server}/`,
  shows: 'app-policy',
  nearly: ['local-firewall', 'dropped-on-path', 'server-firewall'],
  break: [sandbox({ receives: false })],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /BPF|ingress program/ },
      innocent: ['local-firewall'],
    }),
    // Nothing comes back from anywhere, and without root nobody can tell why.
    user: undetermined(['dropped-on-path']),
  },
  needs: ['nft', 'cgroup-bpf'],
});
