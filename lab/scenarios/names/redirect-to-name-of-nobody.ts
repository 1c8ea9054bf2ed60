import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns, http, redirectTo } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'redirect-to-name-of-nobody',
  side: 'names',
  title: 'The page leads to a name that no resolver knows',
  target: 'http://four.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-filtered', 'resolver-failing'],
  services: {
    server: [http(redirectTo('http://news.example.org/'))],
    resolver: [dns(undefined, { ...NAMES, 'example.org': { A: [ADDRESS.reference] } })],
    reference: REFERENCE.map((service) =>
      service.kind === 'dns' ? { ...service, zone: { ...NAMES, 'example.org': { A: [ADDRESS.reference] } } } : service,
    ),
  },
  break: [],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      side: 'server',
      innocent: ['name-filtered', 'resolver-failing'],
    }),
  ),
});
