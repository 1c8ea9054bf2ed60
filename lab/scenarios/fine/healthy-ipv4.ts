import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'healthy-ipv4',
  side: 'fine',
  title: 'Nothing is wrong; the name has only IPv4',
  target: 'four.example.com',
  shows: 'reachable',
  break: [],
  expect: both(reachable),
});
