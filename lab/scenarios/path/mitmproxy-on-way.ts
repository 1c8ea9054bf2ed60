import { both, failed, scenario, sure } from '../../scenario.js';
import { mitmproxyOnWay } from '../../world/shields.js';

export default scenario({
  id: 'mitmproxy-on-way',
  side: 'path',
  title: 'mitmproxy on the router answers for every site; nobody here trusts its authority',
  target: 'https://four.example.com/',
  shows: 'tls-intercepted',
  nearly: ['antivirus-intercepts-tls', 'certificate-untrusted'],
  break: mitmproxyOnWay(),
  expect: both(
    failed('tls-intercepted', {
      side: ['path', 'local-network'],
      stage: 'tls',
      ...sure,
      culprit: { kind: 'product', name: 'mitmproxy' },
      innocent: ['antivirus-intercepts-tls', 'certificate-untrusted', 'local-firewall'],
    }),
  ),
  needs: ['nft', 'mitmproxy'],
});
