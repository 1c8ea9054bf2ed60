import { both, reachable, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// That a control fails proves nothing of the target.
export default scenario({
  id: 'references-blocked-by-name',
  side: 'fine',
  title: 'The provider blocks the names of the references, and not the target',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['sni-filtered', 'internet-down'],
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp -m string --string example.net --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(reachable),
  needs: ['iptables-nft'],
});
