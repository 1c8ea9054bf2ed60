import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

// A rule that marks packets has their way looked up anew as well, and leads them nowhere else.
export default scenario({
  id: 'certificate-other-name-beside-mark',
  side: 'server',
  title: 'The certificate is for another name, and a rule of this computer marks what is sent to that port',
  target: 'https://four.example.com/',
  shows: 'certificate-name-mismatch',
  nearly: ['connection-redirected'],
  services: { server: [https({ certificate: 'other-name' }), ssh()] },
  break: [],
  distractors: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type route hook output priority -150; policy accept;\n  tcp dport 443 meta mark set 0x5\n }\n}\n',
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
