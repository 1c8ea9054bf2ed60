import { both, failed, likely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';

export default scenario({
  id: 'websocket-page-instead',
  side: 'server',
  title: 'A WebSocket is asked for, and the server sends a page',
  target: 'wss://shop.example.com/live',
  shows: 'websocket-not-opened',
  nearly: ['http-server-error', 'tls-intercepted'],
  services: { server: [https()] },
  break: [],
  expect: both(failed('websocket-not-opened', { side: 'server', stage: 'http', ...likely })),
});
