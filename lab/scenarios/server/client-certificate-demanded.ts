import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'client-certificate-demanded',
  side: 'server',
  title: 'The server wants a client certificate (TLS 1.3: it says so after the handshake)',
  target: 'https://shop.example.com/',
  shows: 'client-certificate-required',
  nearly: ['server-closes-at-once'],
  services: { server: [https({ clientCertificate: 'demanded' }), ssh()] },
  break: [],
  expect: both(failed('client-certificate-required', { side: 'server', ...likely })),
});
