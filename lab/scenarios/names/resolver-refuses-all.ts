import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-refuses-all',
  side: 'names',
  title: 'The resolver refuses every question: it is not for us',
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  nearly: ['name-filtered'],
  services: { resolver: [dns({ rcode: 5 })] },
  break: [],
  expect: both({
    anyOf: [
      failed('resolver-failing', { stage: 'name', culprit: { kind: 'resolver', address: ADDRESS.resolver } }),
      failed('name-filtered', { stage: 'name', certainty: { atMost: 'likely' } }),
      undetermined(['resolver-failing', 'name-filtered']),
    ],
  }),
});
