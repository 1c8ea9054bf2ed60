import { both, failed, likely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-at-home-dead',
  side: 'names',
  title: 'The home router is the resolver, and its DNS service is not running',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['gateway-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  break: [],
  expect: both(
    failed(['resolver-unreachable', 'resolver-failing'], {
      side: 'local-network',
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.home },
      innocent: ['gateway-unreachable'],
    }),
  ),
});
