import { both, failed, likely, scenario } from '../../scenario.js';

// A letter away from a well-known name that this internet does not have: nothing says that it was mistyped.
export default scenario({
  id: 'removed-name-near-another',
  side: 'names',
  title: 'A name that does not exist, and nor does the well-known one near it',
  target: 'https://githup.com/',
  shows: 'name-does-not-exist',
  nearly: ['mistyped-name'],
  break: [],
  expect: both(
    failed('name-does-not-exist', { side: 'server', stage: 'name', ...likely, innocent: ['mistyped-name'] }),
  ),
});
