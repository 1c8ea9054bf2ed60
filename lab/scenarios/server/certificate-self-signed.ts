import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-self-signed',
  side: 'server',
  title: 'The certificate is signed by itself',
  target: 'https://shop.example.com/',
  shows: 'certificate-untrusted',
  nearly: ['tls-intercepted', 'certificate-chain-incomplete'],
  services: { server: [https({ certificate: 'self-signed' }), ssh()] },
  break: [],
  expect: both(
    failed('certificate-untrusted', {
      side: 'server',
      stage: 'tls',
      ...likely,
      culprit: { kind: 'certificate' },
      innocent: ['tls-intercepted', 'certificate-chain-incomplete'],
    }),
  ),
});
