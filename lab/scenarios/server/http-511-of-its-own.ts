import { both, failed, likely, scenario } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

// RFC 6585 forbids it to servers, and some send it all the same: the check page comes unchanged, so no portal is here.
export default scenario({
  id: 'http-511-of-its-own',
  side: 'server',
  title: 'The server itself answers 511; nobody on the way catches anything',
  target: 'http://shop.example.com/',
  shows: 'http-server-error',
  nearly: ['captive-portal'],
  services: { server: [http({ status: '511 Network Authentication Required', body: 'log in\n' }), ssh()] },
  break: [],
  expect: both(failed('http-server-error', { side: 'server', stage: 'http', ...likely, innocent: ['captive-portal'] })),
});
