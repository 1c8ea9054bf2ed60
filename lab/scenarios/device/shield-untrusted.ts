import { failed, likely, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';

const answer = failed('antivirus-intercepts-tls', {
  side: 'this-device',
  stage: 'tls',
  innocent: ['tls-intercepted', 'certificate-untrusted', 'local-firewall'],
});

export default scenario({
  id: 'shield-untrusted',
  side: 'device',
  title: 'A real web shield of this device (Squid) looks into every connection; its authority is not installed',
  target: 'https://four.example.com/',
  shows: 'antivirus-intercepts-tls',
  nearly: ['tls-intercepted', 'certificate-untrusted'],
  break: webShield({ scans: false }),
  expect: {
    root: {
      ...answer,
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'product', name: 'Squid', owner: 'squid' },
    },
    // Whose program it is only root may see; that it speaks for itself shows by its account's connections.
    user: { ...answer, ...likely, culprit: { kind: 'product' } },
  },
  needs: ['nft', 'squid'],
});
