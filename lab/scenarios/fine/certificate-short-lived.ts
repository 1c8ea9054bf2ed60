import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-short-lived',
  side: 'fine',
  title: 'The certificate is valid since a minute, and for an hour',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['certificate-not-yet-valid', 'certificate-expired'],
  services: { server: [https({ certificate: 'short-lived' }), ssh()] },
  break: [],
  expect: both({ ...reachable, innocent: ['certificate-not-yet-valid', 'certificate-expired'] }),
});
