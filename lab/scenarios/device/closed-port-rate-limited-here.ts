import { atMostLikely, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// The rule stops later probes, and not the connection that the server refused.
export default scenario({
  id: 'closed-port-rate-limited-here',
  side: 'device',
  title: 'Nothing listens on the server, and a rule here lets only the first of several tries out',
  target: 'http://198.51.100.10:8081/',
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [],
  distractors: [
    filterRule('device', 'output', 'tcp dport 8081 limit rate over 1/hour burst 1 packets drop', {
      labelText: 'tcp dport 8081',
    }),
  ],
  expect: {
    root: failed(['nothing-listening', 'undetermined'], { ...atMostLikely, innocent: ['local-firewall'] }),
    user: failed(['nothing-listening', 'undetermined', 'local-firewall'], atMostLikely),
  },
  needs: ['nft'],
  fresh: true,
});
