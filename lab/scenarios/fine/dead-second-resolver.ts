import { both, reachable, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dead-second-resolver',
  side: 'fine',
  title: 'The second of two resolvers is dead',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.resolver}\nnameserver ${ADDRESS.home}\n` },
  break: [],
  expect: both({ ...reachable, innocent: ['resolver-unreachable', 'resolver-failing'] }),
});
