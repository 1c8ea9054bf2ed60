import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Near to it: names/filtered-a-only, where it leaves out the address of one name.
export default scenario({
  id: 'resolver-empty-for-all',
  side: 'names',
  title: 'The resolver answers every question without an error, and without an address',
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  nearly: ['name-filtered', 'name-has-no-address'],
  services: { resolver: [dns({ rcode: 0, withoutZone: true }, {})] },
  break: [],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      ...onlyLikely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['name-filtered', 'name-has-no-address'],
    }),
  ),
});
