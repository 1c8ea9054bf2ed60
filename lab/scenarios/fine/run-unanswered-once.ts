import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// As run-turned-away-once, without a word: the command waits to its own end, and that end is no answer.
export default scenario({
  id: 'run-unanswered-once',
  side: 'fine',
  title: "A router swallows the command's connection and none of ours",
  target: 'http://198.51.100.10/',
  run: ['curl', '-s', '-m', '5', '--local-port', '41001', 'http://198.51.100.10/'],
  shows: 'reachable',
  nearly: ['packet-loss', 'app-policy', 'dropped-on-path'],
  break: [filterRule('provider', 'forward', 'tcp sport 41001 drop')],
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    innocent: ['packet-loss', 'app-policy', 'dropped-on-path', 'local-firewall'],
    evidence: /the program's own to 198\.51\.100\.10:80 got no answer; of 8 more of ours 8 were answered/,
  }),
  needs: ['nft', 'strace'],
});
