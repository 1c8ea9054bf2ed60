import { both, failed, likely, scenario } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

export default scenario({
  id: 'gateway-502-in-the-clear',
  side: 'server',
  title: 'A gateway in front of the server cannot reach it, and says so unencrypted; nobody is in the way',
  target: 'http://four.example.com/',
  shows: 'gateway-upstream-down',
  nearly: ['transparent-proxy'],
  services: {
    server: [http({ status: '502 Bad Gateway', headers: ['Server: nginx'], body: '<h1>502 Bad Gateway</h1>' }), ssh()],
  },
  break: [],
  expect: both(
    failed('gateway-upstream-down', { side: 'server', stage: 'http', ...likely, innocent: ['transparent-proxy'] }),
  ),
});
