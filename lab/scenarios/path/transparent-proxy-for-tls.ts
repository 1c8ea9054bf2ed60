import { both, failed, likely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'transparent-proxy-for-tls',
  side: 'path',
  title:
    'The provider accepts port 443 in place of the servers and passes it on unread; the server shows an expired certificate',
  target: 'https://four.example.com/',
  shows: 'certificate-expired',
  nearly: ['tls-intercepted'],
  services: {
    provider: [{ kind: 'relay', port: 8443, to: { address: ADDRESS.server, port: 443 } }],
    server: [https({ certificate: 'expired' })],
  },
  break: [
    nft(
      'provider',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 443 redirect to :8443; }
      }\n`,
    ),
  ],
  expect: both(failed('certificate-expired', { side: 'server', ...likely, innocent: ['tls-intercepted'] })),
  needs: ['nft'],
});
