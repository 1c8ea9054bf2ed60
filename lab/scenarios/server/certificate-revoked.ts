import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-revoked',
  side: 'server',
  title: 'The certificate is revoked, and the server staples the proof',
  target: 'https://shop.example.com/',
  shows: 'certificate-revoked',
  services: { server: [https({ certificate: 'revoked' }), ssh()] },
  break: [],
  expect: both(failed('certificate-revoked', { side: 'server', stage: 'tls', ...likely })),
});
