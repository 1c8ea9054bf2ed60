import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'zone-says-zero',
  side: 'names',
  title: "The zone's owner publishes 0.0.0.0: every resolver says the same, and nobody filters",
  target: 'https://parked.example.com/',
  shows: 'name-has-no-address',
  nearly: ['name-filtered', 'nothing-listening'],
  names: { 'parked.example.com': { A: ['0.0.0.0'] } },
  break: [],
  expect: both({
    anyOf: [
      failed('name-has-no-address', { stage: 'name', innocent: ['name-filtered', 'nothing-listening'] }),
      failed('name-filtered', { certainty: { atMost: 'likely' } }),
      undetermined([], { innocent: ['nothing-listening'] }),
    ],
  }),
});
