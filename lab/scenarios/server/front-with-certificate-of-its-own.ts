import { both, failed, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'front-with-certificate-of-its-own',
  side: 'server',
  title: "The server's own front answers HTTPS with a certificate that it has signed itself",
  target: 'https://four.example.com/',
  shows: 'certificate-untrusted',
  nearly: ['tls-intercepted'],
  services: { edge: [https({ certificate: 'self-signed' })] },
  break: [
    nft(
      'edge',
      `table ip lab {\n chain pre {\n  type nat hook prerouting priority dstnat; policy accept;\n  iifname "uplink" ip daddr ${ADDRESS.server} tcp dport 443 redirect\n }\n}\n`,
    ),
  ],
  expect: both(failed('certificate-untrusted', { side: 'server', innocent: ['tls-intercepted'] })),
  needs: ['nft'],
});
