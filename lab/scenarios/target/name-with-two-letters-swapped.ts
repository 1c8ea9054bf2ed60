import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'name-with-two-letters-swapped',
  side: 'target',
  title: 'Two letters of a well-known name have changed places; the right name exists',
  target: 'https://gihtub.com/',
  shows: 'mistyped-name',
  nearly: ['name-does-not-exist', 'name-filtered'],
  names: { 'github.com': { A: [ADDRESS.server] } },
  break: [],
  expect: both(
    failed('mistyped-name', {
      side: 'target',
      ...onlyLikely,
      culprit: { name: 'github.com' },
      innocent: ['name-does-not-exist', 'name-filtered', 'resolver-failing'],
    }),
  ),
});
