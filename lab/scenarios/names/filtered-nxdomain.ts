import { both, failed, scenario, undetermined } from '../../scenario.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-nxdomain',
  side: 'names',
  title: 'A filtering unbound denies that the name exists; other resolvers know it',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['name-does-not-exist'],
  services: { resolver: [] },
  break: [
    unbound(
      'resolver',
      `  module-config: "iterator"
    local-zone: "shop.example.com." always_nxdomain
  forward-zone:
    name: "."
    forward-addr: ${ADDRESS.referenceResolver}`,
    ),
  ],
  expect: both({
    anyOf: [
      failed('name-filtered', {
        stage: 'name',
        culprit: { kind: 'resolver', address: ADDRESS.resolver },
        innocent: ['name-does-not-exist'],
      }),
      undetermined(['name-filtered'], { innocent: ['name-does-not-exist'] }),
    ],
  }),
  needs: ['unbound'],
});
