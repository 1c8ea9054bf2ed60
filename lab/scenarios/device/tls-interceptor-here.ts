import { failed, likely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

const answer = failed('antivirus-intercepts-tls', {
  side: 'this-device',
  stage: 'tls',
  culprit: { kind: 'product', name: 'Avast' },
  innocent: ['tls-intercepted', 'certificate-untrusted', 'local-firewall'],
});

export default scenario({
  id: 'tls-interceptor-here',
  side: 'device',
  title: 'A security program of this device answers in the name of every site; its authority is not installed',
  target: 'https://four.example.com/',
  shows: 'antivirus-intercepts-tls',
  nearly: ['tls-intercepted', 'certificate-untrusted'],
  services: { device: [https({ certificate: 'unknown-root', issuer: 'Avast Web/Mail Shield Root' }, undefined, 8443)] },
  break: [
    nft(
      'device',
      `table inet shield { chain out { type nat hook output priority -100; policy accept;
        tcp dport 443 redirect to :8443
      }
      }\n`,
    ),
  ],
  expect: {
    root: { ...answer, certainty: { atLeast: 'confirmed' } },
    // To a user the program might as well only pass on what somebody on the way has signed.
    user: { ...answer, ...likely },
  },
  needs: ['nft'],
});
