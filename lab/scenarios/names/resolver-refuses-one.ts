import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-refuses-one',
  side: 'names',
  title: 'The resolver refuses this one name, and answers others',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['resolver-failing'],
  services: { resolver: [dns(undefined, { ...NAMES, 'shop.example.com': { behaviour: { rcode: 5 } } })] },
  break: [],
  expect: both({
    anyOf: [
      failed('name-filtered', { stage: 'name', culprit: { kind: 'resolver', address: ADDRESS.resolver } }),
      failed('resolver-failing', { stage: 'name', certainty: { atMost: 'likely' } }),
      undetermined(['name-filtered', 'resolver-failing']),
    ],
  }),
});
