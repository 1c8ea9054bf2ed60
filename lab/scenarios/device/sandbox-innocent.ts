import { localFirewall, scenario } from '../../scenario.js';
import { filterRule, sandbox } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'sandbox-innocent',
  side: 'device',
  title: 'A BPF program of the control group lets all out; a rule of the firewall drops it',
  target: `https://${ADDRESS.server}/`,
  shows: 'local-firewall',
  nearly: ['app-policy'],
  break: [filterRule('device', 'output', 'tcp dport 443 drop')],
  distractors: [sandbox({ sends: true })],
  expect: localFirewall({ handleOf: 'block', table: 'lab' }),
  needs: ['nft', 'cgroup-bpf'],
});
