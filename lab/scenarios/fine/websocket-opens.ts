import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'websocket-opens',
  side: 'fine',
  title: 'A WebSocket opens; to anything else the server says 426',
  target: 'ws://four.example.com/live',
  shows: 'reachable',
  nearly: ['websocket-not-opened'],
  services: { server: [http({ status: '426 Upgrade Required', webSocket: true })] },
  break: [],
  expect: both(reachable),
});
