import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'dnssec-failure',
  side: 'names',
  title: 'SERVFAIL with extended error 6 (DNSSEC bogus) from every resolver',
  target: 'https://shop.example.com/',
  shows: 'dnssec-bogus',
  nearly: ['name-filtered', 'resolver-failing'],
  names: { 'shop.example.com': { behaviour: { rcode: 2, extendedError: [6, 'signature expired'] } } },
  break: [],
  expect: both({
    anyOf: [
      failed('dnssec-bogus', { stage: 'name' }),
      failed('resolver-failing', { stage: 'name', certainty: { atMost: 'likely' } }),
      undetermined(['dnssec-bogus']),
    ],
  }),
});
