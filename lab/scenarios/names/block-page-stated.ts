import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, http, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', body: '<title>Blocked</title>This page is blocked here.\n' };

export default scenario({
  id: 'block-page-stated',
  side: 'names',
  title:
    'The resolver leads to a block page of its own and says so (extended error 17); the certificate there is another one',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['certificate-name-mismatch', 'certificate-untrusted', 'tls-intercepted', 'stale-dns-cache'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.edge], behaviour: { extendedError: [17, 'chosen by you: no games'] } },
      }),
    ],
    edge: [https({ certificate: 'self-signed', names: ['block.provider.example'] }, page), http(page)],
  },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver, name: /17/ },
      innocent: ['certificate-name-mismatch', 'certificate-untrusted', 'tls-intercepted', 'stale-dns-cache'],
    }),
  ),
});
