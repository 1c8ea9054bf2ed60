import { both, reachable, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dead-first-resolver',
  side: 'fine',
  title: 'The first of two resolvers refuses; the second answers',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\nnameserver ${ADDRESS.resolver}\n` },
  break: [],
  expect: both({ anyOf: [reachable, { outcome: 'degraded', cause: ['resolver-unreachable', 'resolver-failing'] }] }),
});
