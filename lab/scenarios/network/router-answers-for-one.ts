import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'router-answers-for-one',
  side: 'network',
  title: 'The router of the network answers HTTPS for one server alone, with a certificate of its own',
  target: 'https://four.example.com/',
  shows: 'tls-intercepted',
  nearly: ['certificate-untrusted', 'captive-portal'],
  services: { home: [https({ certificate: 'self-signed', names: ['blocked.home'] })] },
  break: [
    nft(
      'home',
      `table ip lab {\n chain pre {\n  type nat hook prerouting priority dstnat; policy accept;\n  iifname "lan" ip daddr ${ADDRESS.server} tcp dport 443 redirect\n }\n}\n`,
    ),
  ],
  expect: both(
    failed('tls-intercepted', {
      side: 'local-network',
      ...onlyLikely,
      culprit: { kind: 'hop', address: ADDRESS.home },
      evidence: /only 1 hop far/,
    }),
  ),
  needs: ['nft'],
});
