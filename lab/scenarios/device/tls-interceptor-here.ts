import { both, failed, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

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
  expect: both(
    failed('antivirus-intercepts-tls', {
      side: 'this-device',
      stage: 'tls',
      certainty: { atLeast: 'confirmed' },
      culprit: { kind: 'product', name: 'Avast' },
      innocent: ['tls-intercepted', 'certificate-untrusted', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
