import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// What its user feels is that everything is slow, and nothing fails. One that refuses (`dead-first-resolver`) costs nothing.
export default scenario({
  id: 'silent-resolver-first',
  side: 'fine',
  title: 'The first of two resolvers keeps silent: all works, after five seconds for each name',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\nnameserver ${ADDRESS.resolver}\n` },
  break: [filterRule('home', 'input', 'udp dport 53 drop')],
  expect: both({ ...reachable, also: ['resolver-unreachable'], innocent: ['packet-loss'] }),
  needs: ['nft'],
});
