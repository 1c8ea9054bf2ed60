import { both, failed, scenario, sure } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-by-request',
  side: 'names',
  title: 'REFUSED with extended error 17 (Filtered): the household asked for it',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  nearly: ['resolver-failing'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'shop.example.com': { behaviour: { rcode: 5, extendedError: [17, 'parental control'] } },
      }),
    ],
  },
  break: [],
  expect: both(
    failed('name-filtered', { stage: 'name', ...sure, culprit: { kind: 'resolver', address: ADDRESS.resolver } }),
  ),
});
