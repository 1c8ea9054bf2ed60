import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'client-certificate-demanded-tls12',
  side: 'server',
  title: 'The server wants a client certificate, in TLS 1.2',
  target: 'https://shop.example.com/',
  shows: 'client-certificate-required',
  nearly: ['tls-version-mismatch'],
  services: { server: [https({ clientCertificate: 'demanded', maxVersion: 'TLSv1.2' }), ssh()] },
  break: [],
  expect: both(failed('client-certificate-required', { side: 'server', ...likely })),
});
