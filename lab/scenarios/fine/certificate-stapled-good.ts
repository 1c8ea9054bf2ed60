import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-stapled-good',
  side: 'fine',
  title: 'The server staples an answer that says: not revoked',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['certificate-revoked'],
  services: { server: [https({ staple: true }), ssh()] },
  break: [],
  expect: both({ ...reachable, innocent: ['certificate-revoked'] }),
});
