import { failed, likely, scenario } from '../../scenario.js';
import { inBrowserStore, mitmproxy } from '../../world/shields.js';

const answer = failed('antivirus-intercepts-tls', {
  side: 'this-device',
  stage: 'tls',
  culprit: { kind: 'product', name: 'mitmproxy' },
  evidence: /the certificate is signed by mitmproxy/,
  innocent: ['tls-intercepted', 'certificate-untrusted', 'local-firewall'],
});

export default scenario({
  id: 'mitmproxy-kept-by-browsers',
  side: 'device',
  title:
    'mitmproxy on this device answers for every site; its authority lies in the browsers’ store and is not trusted there',
  target: 'https://four.example.com/',
  shows: 'antivirus-intercepts-tls',
  nearly: ['tls-intercepted', 'certificate-untrusted'],
  environment: { HOME: '{world}/home' },
  break: [...mitmproxy(), ...inBrowserStore(',,')],
  expect: { root: { ...answer, certainty: { atLeast: 'proven' } }, user: { ...answer, ...likely } },
  needs: ['nft', 'mitmproxy', 'certutil'],
});
