import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'zone-broken',
  side: 'names',
  title: 'Every resolver says SERVFAIL for this name, and answers others: its zone is broken, not the resolver',
  target: 'https://shop.example.com/',
  shows: 'dnssec-bogus',
  nearly: ['resolver-failing', 'name-filtered'],
  names: { 'shop.example.com': { behaviour: { rcode: 2 } } },
  break: [],
  expect: both({
    anyOf: [
      failed(['dnssec-bogus', 'resolver-failing'], {
        stage: 'name',
        certainty: { atMost: 'likely' },
        innocent: ['name-filtered'],
      }),
      undetermined([], { innocent: ['name-filtered'] }),
    ],
  }),
});
