import { both, failed, scenario, sure } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// What school and company gateways do: a certificate for each name, made at once, by an authority of their own.
export default scenario({
  id: 'tls-interceptor',
  side: 'path',
  title: 'A gateway answers in the name of every site, with certificates of an authority that is not installed here',
  target: 'https://four.example.com/',
  shows: 'tls-intercepted',
  nearly: ['certificate-untrusted', 'antivirus-intercepts-tls', 'captive-portal'],
  services: {
    home: [
      https({ certificate: 'unknown-root' }, undefined, 8443),
      https({ certificate: 'unknown-root', names: ['www.example.net', 'connectivity.example.net'] }, undefined, 8444),
    ],
  },
  break: [
    nft(
      'home',
      `table inet gateway { chain pre { type nat hook prerouting priority dstnat; policy accept;
        ip daddr ${ADDRESS.server} tcp dport 443 redirect to :8443
        ip daddr ${ADDRESS.reference} tcp dport 443 redirect to :8444
        ip6 daddr ${ADDRESS.reference6} tcp dport 443 redirect to :8444
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('tls-intercepted', {
      side: ['path', 'local-network'],
      stage: 'tls',
      ...sure,
      culprit: { name: /Unheard-of Root CA/ },
      innocent: ['certificate-untrusted', 'antivirus-intercepts-tls', 'captive-portal', 'certificate-chain-incomplete'],
    }),
  ),
  needs: ['nft'],
});
