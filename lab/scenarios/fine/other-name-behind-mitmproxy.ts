import { both, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { mitmproxy } from '../../world/shields.js';

// An interceptor that is trusted here hands on what is wrong with the server's own certificate, or hides it.
export default scenario({
  id: 'other-name-behind-mitmproxy',
  side: 'fine',
  title: "The server's certificate is for another name, and mitmproxy of this device, which is trusted, stands between",
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['antivirus-intercepts-tls', 'tls-intercepted'],
  services: { server: [https({ certificate: 'other-name' })] },
  environment: { NODE_EXTRA_CA_CERTS: '{world}/mitm/mitmproxy-ca-cert.pem' },
  break: [],
  distractors: mitmproxy(),
  // It asks nobody to verify the server's, and makes one that is fine: then the page opens.
  expect: both({ outcome: 'reachable', cause: 'reachable', also: ['antivirus-intercepts-tls'] }),
  needs: ['nft', 'mitmproxy'],
});
