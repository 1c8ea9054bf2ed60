import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// The first connection meets the router's word, all others come to the server, which refuses them: the router alone is not to blame.
export default scenario({
  id: 'closed-port-once-rejected-by-router',
  side: 'server',
  title: 'Nothing listens; the router turns away one connection a second beside that',
  target: 'http://four.example.com:8081/',
  shows: 'nothing-listening',
  nearly: ['rejected-by-hop'],
  break: [],
  distractors: [
    filterRule(
      'home',
      'forward',
      'tcp dport 8081 limit rate 1/second burst 1 packets reject with icmp admin-prohibited',
      { family: 'ip', labelText: 'tcp dport 8081' },
    ),
  ],
  expect: both({
    anyOf: [
      undetermined(['nothing-listening', 'rejected-by-hop'], { stage: 'connect' }),
      // The run before may have used up what the router turns away in this second.
      { outcome: 'failed', cause: 'nothing-listening', certainty: { atMost: 'likely' } },
    ],
  }),
  needs: ['nft'],
});
