import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'page-through-transparent-proxy',
  side: 'fine',
  title: 'The page works; it says that it came through somebody, and the provider does catch port 80',
  target: 'http://four.example.com/',
  shows: 'transparent-proxy',
  services: {
    provider: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.server, port: 80 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
    ],
    server: [http({ status: '200 OK', headers: ['Via: 1.1 cache7.provider.example (squid/5.7)'], body: 'Welcome\n' })],
  },
  break: [
    nft(
      'provider',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both({ ...reachable, also: ['transparent-proxy'], innocent: ['http-filtered', 'tls-intercepted'] }),
  needs: ['nft'],
});
