import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'websocket-taken-out',
  side: 'path',
  title: 'The provider catches port 80, and its proxy does not pass on what asks for a WebSocket',
  target: 'ws://four.example.com/live',
  shows: 'transparent-proxy',
  nearly: ['websocket-not-opened'],
  services: {
    provider: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.provider, port: 8081 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
      { ...http({ status: '426 Upgrade Required', headers: ['Via: 1.1 cache7.provider.example'] }), port: 8081 },
    ],
    server: [http({ status: '200 OK', webSocket: true })],
  },
  break: [
    nft(
      'provider',
      `table inet catching { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both({ ...undetermined(['transparent-proxy', 'websocket-not-opened']), also: ['transparent-proxy'] }),
  needs: ['nft'],
});
