import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'middlebox-answers-502-for-one',
  side: 'path',
  title: 'The provider catches port 80, and its proxy answers 502 for this site; for others it gets the page',
  target: 'http://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['gateway-upstream-down'],
  services: {
    provider: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.provider, port: 8081 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
      {
        ...http({ status: '502 Bad Gateway', headers: ['Server: nginx'], body: '<h1>502 Bad Gateway</h1>' }),
        port: 8081,
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
  // From here it looks the same when the server's own gateway says it, and he passes it on.
  expect: both({ ...undetermined(['transparent-proxy', 'gateway-upstream-down']), also: ['transparent-proxy'] }),
  needs: ['nft'],
});
