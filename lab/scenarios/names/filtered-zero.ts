import { both, failed, likely, scenario } from '../../scenario.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-zero',
  side: 'names',
  title: 'A filtering unbound gives 0.0.0.0, without a word why',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['nothing-listening'],
  services: { resolver: [] },
  break: [
    unbound(
      'resolver',
      `  module-config: "iterator"
    local-zone: "shop.example.com." always_null
  forward-zone:
    name: "."
    forward-addr: ${ADDRESS.referenceResolver}`,
    ),
  ],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['nothing-listening'],
    }),
  ),
  needs: ['unbound'],
});
