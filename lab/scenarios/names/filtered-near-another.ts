import { both, failed, likely, scenario } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-near-another',
  side: 'names',
  title: 'A name that exists is filtered, and it is a letter away from a well-known one',
  target: 'https://githup.com/',
  shows: 'name-filtered',
  nearly: ['mistyped-name', 'name-does-not-exist'],
  names: { 'githup.com': { A: [ADDRESS.server] }, 'github.com': { A: [ADDRESS.server] } },
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'github.com': { A: [ADDRESS.server] },
        'githup.com': { behaviour: { rcode: 3, extendedError: [15, 'on a list'] } },
      }),
    ],
  },
  break: [],
  expect: both(
    failed('name-filtered', { stage: 'name', ...likely, innocent: ['mistyped-name', 'name-does-not-exist'] }),
  ),
});
