import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'websocket-not-passed-on',
  side: 'server',
  title:
    "A gateway in front of the server does not pass on what asks for a WebSocket: the server's program asks for it again",
  target: 'ws://four.example.com/live',
  shows: 'websocket-not-opened',
  nearly: ['transparent-proxy', 'gateway-upstream-down'],
  services: {
    server: [
      http({
        status: '426 Upgrade Required',
        headers: ['Server: nginx', 'Upgrade: websocket'],
        body: 'Upgrade Required\n',
      }),
    ],
  },
  break: [],
  expect: both(
    failed('websocket-not-opened', {
      side: 'server',
      stage: 'http',
      ...onlyLikely,
      innocent: ['transparent-proxy', 'gateway-upstream-down'],
    }),
  ),
});
