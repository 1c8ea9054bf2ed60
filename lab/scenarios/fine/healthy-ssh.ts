import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'healthy-ssh',
  side: 'fine',
  title: 'A plain port with a greeting',
  target: 'shop.example.com:22',
  shows: 'reachable',
  break: [],
  expect: both(reachable),
});
