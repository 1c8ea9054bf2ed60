import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns, http, redirectTo } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'redirect-to-name-that-is-zero-here',
  side: 'names',
  title: 'The page leads to another name; this resolver alone gives 0.0.0.0 for it',
  target: 'http://four.example.com/',
  shows: 'name-filtered',
  nearly: ['name-does-not-exist', 'resolver-failing', 'host-down'],
  services: {
    server: [http(redirectTo('http://news.example.org/'))],
    resolver: [dns(undefined, { ...NAMES, 'news.example.org': { A: ['0.0.0.0'] } })],
    reference: REFERENCE.map((service) =>
      service.kind === 'dns'
        ? { ...service, zone: { ...NAMES, 'news.example.org': { A: [ADDRESS.reference] } } }
        : service,
    ),
  },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['name-does-not-exist', 'resolver-failing'],
    }),
  ),
});
