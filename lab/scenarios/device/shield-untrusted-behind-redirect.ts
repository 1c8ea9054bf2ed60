import { failed, likely, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';

const answer = failed('antivirus-intercepts-tls', {
  side: 'this-device',
  stage: 'tls',
  innocent: ['tls-intercepted', 'certificate-untrusted', 'antivirus-blocks-url'],
});

export default scenario({
  id: 'shield-untrusted-behind-redirect',
  side: 'device',
  title: 'A page in the clear leads on to an encrypted one, into which a web shield looks that nobody trusts',
  target: 'http://four.example.com/',
  shows: 'antivirus-intercepts-tls',
  nearly: ['tls-intercepted', 'certificate-untrusted'],
  break: webShield(),
  expect: {
    root: { ...answer, ...likely, culprit: { kind: 'product', name: 'Squid', owner: 'squid' } },
    user: { ...answer, ...likely },
  },
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
