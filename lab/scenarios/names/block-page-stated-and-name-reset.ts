import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, http, https } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', body: '<title>Blocked</title>This page is blocked here.\n' };

// OONI's case 47, with a resolver that says so itself: who repairs the name meets the filter next.
export default scenario({
  id: 'block-page-stated-and-name-reset',
  side: 'names',
  title:
    'The resolver leads to a block page and says so; at the true address the provider resets what asks for the name',
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
  break: [
    iptables(
      'provider',
      `-A FORWARD -d ${ADDRESS.server} -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset`,
    ),
  ],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver, name: /17/ },
      also: ['sni-filtered'],
      innocent: ['certificate-name-mismatch', 'certificate-untrusted', 'tls-intercepted', 'stale-dns-cache'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
