import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'alias-to-nowhere',
  side: 'names',
  title: 'The name is an alias for one that does not exist',
  target: 'https://dangling.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-has-no-address'],
  names: { 'dangling.example.com': { CNAME: 'gone.example.net', behaviour: { rcode: 3 } } },
  break: [],
  expect: both(
    failed(['name-does-not-exist', 'name-has-no-address'], {
      side: 'server',
      stage: 'name',
      ...likely,
      innocent: ['name-filtered'],
    }),
  ),
});
