import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'gateway-504',
  side: 'server',
  title: 'A gateway in front of the server waited in vain',
  target: 'https://shop.example.com/',
  shows: 'gateway-upstream-down',
  services: { server: [https({}, { status: '504 Gateway Timeout', headers: ['Server: nginx'] }), ssh()] },
  break: [],
  expect: both(failed('gateway-upstream-down', { side: 'server', stage: 'http', ...likely })),
});
