import { both, reachable, scenario } from '../../scenario.js';
import { mitmproxy } from '../../world/shields.js';

export default scenario({
  id: 'mitmproxy-trusted',
  side: 'fine',
  title: 'mitmproxy on this device looks into every connection, and whoever set it up trusts it: it works',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['antivirus-intercepts-tls', 'tls-intercepted', 'certificate-untrusted'],
  environment: { NODE_EXTRA_CA_CERTS: '{world}/mitm/mitmproxy-ca-cert.pem' },
  break: mitmproxy(),
  expect: both({ ...reachable, also: ['antivirus-intercepts-tls'] }),
  needs: ['nft', 'mitmproxy'],
});
