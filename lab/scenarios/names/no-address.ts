import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'no-address',
  side: 'names',
  title: 'The name exists, and has no address',
  target: 'https://mailonly.example.com/',
  shows: 'name-has-no-address',
  nearly: ['name-does-not-exist'],
  break: [],
  expect: both(failed('name-has-no-address', { side: 'server', stage: 'name', ...likely })),
});
