import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns, http, redirectTo } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'redirect-to-name-resolver-fails-on',
  side: 'names',
  title: 'The page leads to another name, on which this resolver fails; others know it',
  target: 'http://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['name-filtered', 'name-does-not-exist'],
  services: {
    server: [http(redirectTo('http://news.example.org/'))],
    resolver: [dns(undefined, { ...NAMES, 'news.example.org': { behaviour: { rcode: 2 } } })],
    reference: REFERENCE.map((service) =>
      service.kind === 'dns'
        ? { ...service, zone: { ...NAMES, 'news.example.org': { A: [ADDRESS.reference] } } }
        : service,
    ),
  },
  break: [],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['name-does-not-exist', 'name-filtered'],
    }),
  ),
});
