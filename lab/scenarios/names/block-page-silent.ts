import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, http, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', body: '<title>Blocked</title>This page is blocked here.\n' };

// Nothing says so: a wrong address, made anew each time, at which the certificate is somebody else's.
export default scenario({
  id: 'block-page-silent',
  side: 'names',
  title: 'The resolver leads to another server without a word; its certificate is by an authority that nobody trusts',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['certificate-untrusted', 'tls-intercepted', 'dns-answer-forged', 'stale-dns-cache'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({ certificate: 'unknown-root' }, page), http(page)],
  },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['certificate-untrusted', 'tls-intercepted', 'dns-answer-forged', 'stale-dns-cache'],
    }),
  ),
});
