import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'middlebox-answers-502',
  side: 'path',
  title: 'The provider catches port 80, and its proxy reaches nobody: it answers 502 in place of all servers',
  target: 'http://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['gateway-upstream-down', 'http-server-error'],
  services: {
    provider: [
      {
        ...http({ status: '502 Bad Gateway', headers: ['Server: nginx'], body: '<h1>502 Bad Gateway</h1>' }),
        port: 8080,
      },
    ],
    server: [http()],
  },
  break: [
    nft(
      'provider',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(
    failed('transparent-proxy', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'proxy', address: ADDRESS.provider },
      innocent: ['gateway-upstream-down', 'http-server-error', 'service-outage'],
    }),
  ),
  needs: ['nft'],
});
