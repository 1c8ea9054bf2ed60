import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Only some sites are looked into, so nothing else shows it: a name can be anybody's.
export default scenario({
  id: 'tls-interceptor-by-name',
  side: 'path',
  title: 'A gateway looks into this site only; its certificate bears the name of a known product',
  target: 'https://four.example.com/',
  shows: 'tls-intercepted',
  nearly: ['certificate-untrusted', 'antivirus-intercepts-tls'],
  services: { provider: [https({ certificate: 'unknown-root', issuer: 'FortiGate CA' }, undefined, 8443)] },
  break: [
    nft(
      'provider',
      `table inet gateway { chain pre { type nat hook prerouting priority dstnat; policy accept;
        ip daddr ${ADDRESS.server} tcp dport 443 redirect to :8443
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('tls-intercepted', {
      side: ['path', 'local-network'],
      stage: 'tls',
      ...onlyLikely,
      culprit: { kind: 'product', name: 'FortiGate' },
      innocent: ['certificate-untrusted', 'antivirus-intercepts-tls'],
    }),
  ),
  needs: ['nft'],
});
