import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-503',
  side: 'server',
  title: 'The server says that it is not available, and when to come again',
  target: 'https://shop.example.com/',
  shows: 'http-server-error',
  nearly: ['gateway-upstream-down', 'rate-limited'],
  services: { server: [https({}, { status: '503 Service Unavailable', headers: ['Retry-After: 120'] }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed(['http-server-error', 'server-overloaded'], { side: 'server', stage: 'http' }),
      undetermined(['http-server-error'], { stage: 'http' }),
    ],
  }),
});
