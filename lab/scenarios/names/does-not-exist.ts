import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'does-not-exist',
  side: 'names',
  title: 'The name does not exist; the zone itself says so',
  target: 'https://nope.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-filtered', 'resolver-failing'],
  break: [],
  expect: both(
    failed('name-does-not-exist', { side: 'server', stage: 'name', ...likely, innocent: ['name-filtered'] }),
  ),
});
