import { both, failed, likely, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-chain-incomplete',
  side: 'server',
  title: 'The server does not send its intermediate certificate',
  target: 'https://shop.example.com/',
  shows: 'certificate-chain-incomplete',
  nearly: ['certificate-untrusted'],
  services: { server: [https({ certificate: 'incomplete' }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('certificate-chain-incomplete', { side: 'server', stage: 'tls', ...likely }),
      undetermined(['certificate-chain-incomplete', 'certificate-untrusted']),
    ],
  }),
});
