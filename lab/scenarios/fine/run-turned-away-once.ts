import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Near miss of run-one-way-of-two-shut: all of ours get through. That says nothing sure of the command's.
export default scenario({
  id: 'run-turned-away-once',
  side: 'fine',
  title: "A router turns away the command's connection and none of ours",
  target: 'http://198.51.100.10/',
  run: ['curl', '-s', '-m', '5', '--local-port', '41001', 'http://198.51.100.10/'],
  shows: 'reachable',
  nearly: ['packet-loss', 'app-policy', 'no-route'],
  break: [filterRule('provider', 'forward', 'tcp sport 41001 reject with icmp net-unreachable', { family: 'ip' })],
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    innocent: ['packet-loss', 'app-policy', 'no-route', 'local-firewall'],
    evidence: /the program's own to 198\.51\.100\.10:80 failed; of 8 more of ours 8 were answered/,
  }),
  needs: ['nft', 'strace'],
});
