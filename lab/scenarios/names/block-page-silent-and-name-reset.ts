import { both, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns, http, https } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', body: '<title>Blocked</title>This page is blocked here.\n' };

// Nobody can see here whether the site works at the address that others give: so the lie stays one of two.
export default scenario({
  id: 'block-page-silent-and-name-reset',
  side: 'names',
  title:
    'The resolver leads to another server without a word; at the true one what asks for the name is reset on the way',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['certificate-untrusted', 'certificate-name-mismatch'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({ certificate: 'self-signed', names: ['block.provider.example'] }, page), http(page)],
  },
  break: [
    iptables(
      'provider',
      `-A FORWARD -d ${ADDRESS.server} -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset`,
    ),
  ],
  expect: both(undetermined(['name-filtered'], { also: ['sni-filtered'], innocent: ['tls-intercepted'] })),
  needs: ['iptables-nft', 'iptables-string'],
});
