import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'page-in-clear-on-tls-port',
  side: 'path',
  title: 'The provider leads what goes to this address to its own page, which speaks plain HTTP on port 443 too',
  target: 'https://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['wrong-scheme-or-port', 'captive-portal'],
  services: {
    provider: [
      http({ status: '403 Forbidden', headers: ['Content-Type: text/html'], body: '<title>Not here</title>\n' }, 3180),
    ],
  },
  break: [
    nft(
      'provider',
      `table ip catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" ip daddr ${ADDRESS.server} tcp dport { 80, 443 } redirect to :3180; }
      }\n`,
    ),
  ],
  expect: both(
    failed('transparent-proxy', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'proxy', address: ADDRESS.provider },
      innocent: ['wrong-scheme-or-port', 'captive-portal'],
    }),
  ),
  needs: ['nft'],
});
