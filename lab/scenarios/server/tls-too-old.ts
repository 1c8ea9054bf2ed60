import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'tls-too-old',
  side: 'server',
  title: 'The server speaks TLS 1.1 at best',
  target: 'https://shop.example.com/',
  shows: 'tls-version-mismatch',
  nearly: ['server-closes-at-once', 'wrong-scheme-or-port'],
  services: { server: [https({ maxVersion: 'TLSv1.1' }), ssh()] },
  break: [],
  expect: both(failed('tls-version-mismatch', { side: 'server', stage: 'tls', ...likely })),
});
