import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-other-name',
  side: 'server',
  title: 'The certificate is for another name',
  target: 'https://shop.example.com/',
  shows: 'certificate-name-mismatch',
  services: { server: [https({ certificate: 'other-name' }), ssh()] },
  break: [],
  expect: both(
    failed('certificate-name-mismatch', { side: 'server', stage: 'tls', ...likely, culprit: { kind: 'certificate' } }),
  ),
});
