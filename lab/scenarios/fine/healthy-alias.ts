import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'healthy-alias',
  side: 'fine',
  title: 'The name is an alias',
  target: 'https://alias.example.com/',
  shows: 'reachable',
  break: [],
  expect: both(reachable),
});
