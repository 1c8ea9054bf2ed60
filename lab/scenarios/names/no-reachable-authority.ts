import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-reachable-authority',
  side: 'names',
  title: "SERVFAIL with extended error 22: the resolver cannot reach the zone's servers",
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: { resolver: [dns({ rcode: 2, extendedError: [22, 'at delegation example.com'] })] },
  break: [],
  expect: both({
    anyOf: [
      failed('resolver-failing', {
        stage: 'name',
        culprit: { kind: 'resolver', address: ADDRESS.resolver },
        innocent: ['dnssec-bogus', 'name-filtered'],
      }),
      undetermined(['resolver-failing'], { innocent: ['dnssec-bogus', 'name-filtered'] }),
    ],
  }),
});
