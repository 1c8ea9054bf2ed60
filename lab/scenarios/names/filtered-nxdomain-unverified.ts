import { both, failed, scenario, undetermined } from '../../scenario.js';
import { unbound } from '../../world/steps.js';

// A lie without a sign of policy, and nothing to compare it with: that the name does not exist is not sure.
export default scenario({
  id: 'filtered-nxdomain-unverified',
  side: 'names',
  title: 'The resolver denies the name by policy, and no reference can be asked: nobody here can tell',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['name-does-not-exist'],
  services: { resolver: [], reference: [] },
  break: [
    unbound(
      'resolver',
      `  module-config: "iterator"
    local-zone: "shop.example.com." always_nxdomain
    local-zone: "example.net." refuse`,
    ),
  ],
  expect: both({
    anyOf: [
      failed(['name-does-not-exist', 'name-filtered'], { stage: 'name', certainty: { atMost: 'likely' } }),
      undetermined(['name-filtered'], { stage: 'name' }),
    ],
  }),
  needs: ['unbound'],
});
