import { failed, scenario, undetermined } from '../../scenario.js';
import { interfaceProgram } from '../../world/interface-programs.js';

export default scenario({
  id: 'tc-program-drops-answers',
  side: 'device',
  title: 'A BPF program of tc on the interface throws away what comes from that port; no rule ever sees it',
  target: '198.51.100.10:443',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'app-policy'],
  break: [interfaceProgram('tcx', 'drop_answers', 443)],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /tc ingress program "drop_answers" on eth0/ },
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
    user: undetermined(['server-firewall']),
  },
  needs: ['cgroup-bpf'],
});
