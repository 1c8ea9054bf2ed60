import { failed, likely, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';
import gateway from './tls-interceptor.js';

const answer = failed('tls-intercepted', {
  side: ['path', 'local-network'],
  stage: 'tls',
  culprit: { name: /Unheard-of Root CA/ },
  innocent: ['antivirus-intercepts-tls', 'certificate-untrusted'],
});

// A transparent proxy of this device takes every connection and passes it on as it is: who signs is behind it.
export default scenario({
  ...gateway,
  id: 'tls-interceptor-behind-forwarder',
  title:
    'A gateway on the way answers for every site, and a program of this device that all goes through only passes on',
  nearly: ['antivirus-intercepts-tls', 'certificate-untrusted', 'captive-portal'],
  distractors: webShield({ scans: false, looksIn: false }),
  expect: { root: { ...answer, certainty: { atLeast: 'likely' } }, user: { ...answer, ...likely } },
  needs: ['nft', 'squid'],
});
