import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-hostile-words',
  side: 'server',
  title: 'The certificate is for another name, and its subject holds escape sequences',
  target: 'https://shop.example.com/',
  shows: 'certificate-name-mismatch',
  services: { server: [https({ certificate: 'escape-sequences', names: ['www.example.org'] }), ssh()] },
  break: [],
  expect: both(failed('certificate-name-mismatch', { side: 'server', stage: 'tls', ...likely })),
});
