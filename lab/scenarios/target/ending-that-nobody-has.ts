import { both, failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'ending-that-nobody-has',
  side: 'target',
  title: 'The name of a small shop with ".con" for ".com"',
  target: 'https://shop.example.con/',
  shows: 'mistyped-name',
  nearly: ['name-does-not-exist'],
  break: [],
  expect: both(
    failed('mistyped-name', {
      side: 'target',
      ...onlyLikely,
      culprit: { name: 'shop.example.com' },
      innocent: ['name-does-not-exist', 'name-filtered'],
    }),
  ),
});
