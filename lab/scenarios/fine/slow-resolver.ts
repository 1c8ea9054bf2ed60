import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

export default scenario({
  id: 'slow-resolver',
  side: 'fine',
  title: 'The resolver takes 900 ms to answer',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'resolver-failing'],
  services: { resolver: [dns({ delayMs: 900 })] },
  break: [],
  expect: both({ ...reachable, innocent: ['resolver-unreachable', 'resolver-failing'] }),
});
