import { both, failed, scenario, sure } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-censored',
  side: 'names',
  title: 'NXDOMAIN with extended error 16 (Censored)',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['name-does-not-exist'],
  services: {
    resolver: [
      dns(undefined, { ...NAMES, 'shop.example.com': { behaviour: { rcode: 3, extendedError: [16, 'order 123'] } } }),
    ],
  },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      ...sure,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['name-does-not-exist'],
    }),
  ),
});
