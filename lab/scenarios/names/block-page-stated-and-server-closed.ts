import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, http, https, ssh } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', body: '<title>Blocked</title>This page is blocked here.\n' };

// Beside the lie nobody stops anything: the site's own server is closed.
export default scenario({
  id: 'block-page-stated-and-server-closed',
  side: 'names',
  title: 'The resolver leads to a block page and says so; at the true address nothing listens on that port',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['sni-filtered', 'reset-injected', 'certificate-untrusted'],
  services: {
    server: [ssh()],
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
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver, name: /17/ },
      innocent: ['sni-filtered', 'reset-injected', 'certificate-untrusted', 'tls-intercepted', 'local-firewall'],
    }),
  ),
});
