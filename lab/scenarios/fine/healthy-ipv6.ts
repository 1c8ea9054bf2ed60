import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'healthy-ipv6',
  side: 'fine',
  title: 'Nothing is wrong; the name has only IPv6',
  target: 'https://six.example.com/',
  shows: 'reachable',
  break: [],
  expect: both(reachable),
});
