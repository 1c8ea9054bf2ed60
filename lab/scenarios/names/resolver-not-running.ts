import { both, failed, likely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-not-running',
  side: 'names',
  title: 'No resolver runs at the configured address: it says "port unreachable"',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['name-does-not-exist'],
  services: { resolver: [] },
  break: [],
  expect: both(
    failed(['resolver-unreachable', 'resolver-failing'], {
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
    }),
  ),
});
