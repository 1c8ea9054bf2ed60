import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-not-yet-valid',
  side: 'server',
  title: 'The certificate is valid from the day after tomorrow',
  target: 'https://shop.example.com/',
  shows: 'certificate-not-yet-valid',
  nearly: ['certificate-expired', 'clock-wrong'],
  services: { server: [https({ certificate: 'not-yet-valid' }), ssh()] },
  break: [],
  expect: both(
    failed('certificate-not-yet-valid', { side: 'server', stage: 'tls', ...likely, culprit: { kind: 'certificate' } }),
  ),
});
