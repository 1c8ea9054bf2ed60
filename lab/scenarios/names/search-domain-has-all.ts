import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'search-domain-has-all',
  side: 'names',
  title: 'There is no such name; the search domain has an answer for every name and leads to a server of its own',
  target: 'https://shop.nowhere.example/',
  shows: 'name-does-not-exist',
  nearly: ['certificate-name-mismatch', 'name-filtered', 'dns-answer-forged', 'stale-dns-cache', 'tls-intercepted'],
  files: { resolvConf: `search corp.example.com\nnameserver ${ADDRESS.resolver}\n` },
  services: {
    resolver: [dns(undefined, { ...NAMES, '*.corp.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({ certificate: 'good' })],
  },
  break: [],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'setting', name: /corp\.example\.com/ },
      innocent: ['certificate-name-mismatch', 'name-filtered', 'dns-answer-forged', 'tls-intercepted'],
    }),
  ),
});
