import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns, http, redirectTo } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'redirect-to-filtered-name-blocked',
  side: 'names',
  title: 'The page leads to another name, which the resolver refuses by policy (extended error 15)',
  target: 'http://four.example.com/',
  shows: 'name-filtered',
  nearly: ['name-does-not-exist', 'resolver-failing'],
  services: {
    server: [http(redirectTo('http://news.example.org/'))],
    resolver: [
      dns(undefined, { ...NAMES, 'news.example.org': { behaviour: { rcode: 3, extendedError: [15, 'on the list'] } } }),
    ],
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
