import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-500',
  side: 'server',
  title: 'The server answers with an error of its own',
  target: 'https://shop.example.com/',
  shows: 'http-server-error',
  services: {
    server: [https({}, { status: '500 Internal Server Error', headers: ['Server: lab'], body: 'stack trace' }), ssh()],
  },
  break: [],
  expect: both(failed('http-server-error', { side: 'server', stage: 'http', ...likely })),
});
