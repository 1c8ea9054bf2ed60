import { failed, likely, scenario } from '../../scenario.js';
import { mitmproxy } from '../../world/shields.js';

const answer = failed('antivirus-intercepts-tls', {
  side: 'this-device',
  stage: 'tls',
  culprit: { kind: 'product', name: 'mitmproxy' },
  innocent: ['tls-intercepted', 'certificate-untrusted', 'local-firewall'],
});

export default scenario({
  id: 'mitmproxy-untrusted',
  side: 'device',
  title: 'mitmproxy on this device answers for every site; its authority is not installed',
  target: 'https://four.example.com/',
  shows: 'antivirus-intercepts-tls',
  nearly: ['tls-intercepted', 'certificate-untrusted'],
  break: mitmproxy(),
  expect: { root: { ...answer, certainty: { atLeast: 'proven' } }, user: { ...answer, ...likely } },
  needs: ['nft', 'mitmproxy'],
});
