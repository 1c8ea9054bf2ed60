import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'gateway-502',
  side: 'server',
  title: 'A gateway in front of the server cannot reach it',
  target: 'https://shop.example.com/',
  shows: 'gateway-upstream-down',
  nearly: ['http-server-error'],
  services: {
    server: [
      https({}, { status: '502 Bad Gateway', headers: ['Server: nginx'], body: '<h1>502 Bad Gateway</h1>' }),
      ssh(),
    ],
  },
  break: [],
  expect: both(failed('gateway-upstream-down', { side: 'server', stage: 'http', ...likely })),
});
