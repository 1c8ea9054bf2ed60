import { both, scenario, undetermined } from '../../scenario.js';
import { interfaceProgram } from '../../world/interface-programs.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'tc-program-innocent',
  side: 'server',
  title: 'The server drops the port; a program of tc here throws away what comes from another one',
  target: '198.51.100.10:443',
  shows: 'server-firewall',
  nearly: ['local-firewall', 'app-policy'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [interfaceProgram('tcx', 'drop_others', 25)],
  expect: both(
    undetermined(['server-firewall'], { innocent: ['local-firewall', 'app-policy'], innocentText: ['drop_others'] }),
  ),
  needs: ['nft', 'cgroup-bpf'],
});
