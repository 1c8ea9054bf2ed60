import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'client-certificate-asked',
  side: 'fine',
  title: 'The server asks for a client certificate and does without',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['client-certificate-required'],
  services: { server: [https({ clientCertificate: 'asked' }), ssh()] },
  break: [],
  expect: both({ ...reachable, innocent: ['client-certificate-required'] }),
});
