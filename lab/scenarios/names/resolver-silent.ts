import { both, failed, likely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-silent',
  side: 'names',
  title: 'The resolver takes questions and never answers',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['name-does-not-exist', 'internet-down'],
  services: { resolver: [dns({ silent: true })] },
  break: [],
  expect: both(
    failed(['resolver-unreachable', 'resolver-failing'], {
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['internet-down'],
    }),
  ),
});
