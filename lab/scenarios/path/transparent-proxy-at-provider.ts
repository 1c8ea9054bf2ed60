import { both, failed, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'transparent-proxy-at-provider',
  side: 'path',
  title: 'The provider catches port 80 and passes it on; the server itself has an error',
  target: 'http://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['http-filtered', 'captive-portal'],
  services: {
    provider: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.server, port: 80 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
    ],
    server: [http({ status: '503 Service Unavailable', headers: ['Server: lab'], body: 'later\n' }), https()],
  },
  break: [
    nft(
      'provider',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(
    failed(['gateway-upstream-down', 'http-server-error', 'server-overloaded', 'service-outage'], {
      side: 'server',
      certainty: { atMost: 'confirmed' },
      also: ['transparent-proxy'],
      innocent: ['http-filtered', 'captive-portal'],
    }),
  ),
  needs: ['nft'],
});
