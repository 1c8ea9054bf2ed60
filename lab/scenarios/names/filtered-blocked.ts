import { both, failed, scenario, sure } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-blocked',
  side: 'names',
  title: 'The resolver filters the name and says so: 0.0.0.0 with extended error 15 (Blocked)',
  target: 'https://shop.example.com/',
  shows: 'name-filtered',
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'shop.example.com': { A: ['0.0.0.0'], AAAA: ['::'], behaviour: { extendedError: [15, 'on the malware list'] } },
      }),
    ],
  },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      ...sure,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['nothing-listening'],
    }),
  ),
});
