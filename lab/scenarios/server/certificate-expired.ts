import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-expired',
  side: 'server',
  title: 'The certificate expired last week',
  target: 'https://shop.example.com/',
  shows: 'certificate-expired',
  nearly: ['certificate-untrusted', 'clock-wrong'],
  services: { server: [https({ certificate: 'expired' }), ssh()] },
  break: [],
  expect: both(
    failed('certificate-expired', { side: 'server', stage: 'tls', ...likely, culprit: { kind: 'certificate' } }),
  ),
});
