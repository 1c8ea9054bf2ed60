import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'healthy',
  side: 'fine',
  title: 'Nothing is wrong: HTTPS over both families',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  break: [],
  expect: both(reachable),
});
