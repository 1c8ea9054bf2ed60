import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// One error and then silence looks like the end of a search for a neighbour that somebody else had begun. Whichever
// measurement hears the next one, it is kept.
export default scenario({
  id: 'host-unreachable-once-a-second',
  side: 'path',
  title: 'A hop says "host unreachable" at once, but only once a second: no search for a neighbour either',
  target: 'https://four.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['host-down', 'packet-loss', 'rejected-by-hop'],
  break: [ip('provider', 'route replace unreachable 198.51.100.0/24')],
  distractors: [
    filterRule(
      'provider',
      'output',
      'icmp type destination-unreachable limit rate over 1/second burst 1 packets drop',
      {
        labelText: 'icmp type',
      },
    ),
  ],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['host-down', 'packet-loss'],
    }),
  ),
  needs: ['nft'],
  fresh: true,
});
