import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'transparent-proxy-at-router',
  side: 'network',
  title: 'The router catches port 80 and passes it on; the server itself forbids the page',
  target: 'http://four.example.com/',
  shows: 'transparent-proxy',
  nearly: ['http-filtered', 'captive-portal'],
  services: {
    home: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.server, port: 80 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
    ],
    server: [http({ status: '403 Forbidden', headers: ['Server: lab'], body: 'not for you\n' }), https()],
  },
  break: [
    nft(
      'home',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(
    failed('http-forbidden', {
      side: 'server',
      ...likely,
      also: ['transparent-proxy'],
      innocent: ['http-filtered', 'captive-portal'],
    }),
  ),
  needs: ['nft'],
});
