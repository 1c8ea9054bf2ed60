import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'accepted-for-one-server-and-reset',
  side: 'path',
  title: 'The provider accepts connections to this one address in its place, and resets what is said on them',
  target: 'https://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['server-closes-at-once', 'sni-filtered'],
  services: { provider: [{ kind: 'closes', port: 3129, how: 'rst', after: 'first-bytes' }] },
  break: [
    nft(
      'provider',
      `table ip catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" ip daddr ${ADDRESS.server} tcp dport { 80, 443 } redirect to :3129; }
      }\n`,
    ),
  ],
  expect: both(
    failed('transparent-proxy', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'proxy', address: ADDRESS.provider },
      innocent: ['server-closes-at-once', 'sni-filtered'],
    }),
  ),
  needs: ['nft'],
});
