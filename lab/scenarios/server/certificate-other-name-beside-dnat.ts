import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'certificate-other-name-beside-dnat',
  side: 'server',
  title: 'The certificate is for another name, and a rule of this computer leads other servers elsewhere',
  target: 'https://four.example.com/',
  shows: 'certificate-name-mismatch',
  nearly: ['connection-redirected'],
  services: { server: [https({ certificate: 'other-name' }), ssh()] },
  break: [],
  distractors: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  tcp dport 443 counter\n  ip daddr 198.51.100.99 tcp dport 443 dnat to 192.0.2.80\n }\n}\n',
    ),
  ],
  expect: both(
    failed('certificate-name-mismatch', {
      side: 'server',
      stage: 'tls',
      ...likely,
      innocent: ['connection-redirected'],
    }),
  ),
  needs: ['nft'],
});
