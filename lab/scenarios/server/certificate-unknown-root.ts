import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-unknown-root',
  side: 'server',
  title: 'The chain ends in a root that this device does not trust',
  target: 'https://shop.example.com/',
  shows: 'certificate-untrusted',
  nearly: ['certificate-chain-incomplete', 'tls-intercepted', 'antivirus-intercepts-tls'],
  services: { server: [https({ certificate: 'unknown-root' }), ssh()] },
  break: [],
  expect: both(
    failed('certificate-untrusted', {
      side: 'server',
      stage: 'tls',
      ...likely,
      innocent: ['certificate-chain-incomplete', 'tls-intercepted'],
    }),
  ),
});
