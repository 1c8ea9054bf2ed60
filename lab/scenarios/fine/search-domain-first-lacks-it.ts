import { atMostLikely, both, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'search-domain-first-lacks-it',
  side: 'fine',
  title: 'ndots:5 has each name looked for in the search domain first, which does not have it: the port is closed',
  target: 'https://four.example.com:8444/',
  shows: 'nothing-listening',
  nearly: ['no-dns-configured'],
  files: {
    resolvConf: `search corp.example.com\noptions ndots:5\nnameserver ${ADDRESS.resolver}\n`,
  },
  break: [],
  expect: both(failed('nothing-listening', { side: 'server', ...atMostLikely, innocent: ['no-dns-configured'] })),
});
