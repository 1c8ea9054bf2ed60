import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'transparent-proxy-dead',
  side: 'path',
  title: 'The provider accepts port 443 in place of all servers, and the program that should pass it on hangs',
  target: 'https://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  services: { provider: [{ kind: 'silent', port: 3129 }] },
  break: [
    nft(
      'provider',
      `table ip catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 443 redirect to :3129; }
      }\n`,
    ),
  ],
  expect: both(
    failed('transparent-proxy', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'proxy', address: ADDRESS.provider },
      innocent: ['server-not-responding', 'path-mtu-blackhole'],
    }),
  ),
  needs: ['nft'],
});
