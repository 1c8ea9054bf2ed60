import { both, scenario, undetermined } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';

export default scenario({
  id: 'filtered-to-private-address',
  side: 'names',
  title: "The provider's resolver leads the name to an address of private networks, at which nobody is",
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['host-down', 'dropped-on-path', 'stale-dns-cache'],
  services: { resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: ['10.10.34.35'] } })] },
  break: [],
  expect: both(
    // Nobody outside is told of such a name: it may be its owner's own doing.
    undetermined(['name-filtered', 'unreachable-by-hop'], { innocent: ['host-down', 'dropped-on-path'] }),
  ),
});
