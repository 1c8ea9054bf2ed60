import { both, failed, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-421',
  side: 'server',
  title: 'The server says that it does not serve this name on this connection',
  target: 'https://shop.example.com/',
  shows: 'http-server-error',
  services: { server: [https({}, { status: '421 Misdirected Request' }), ssh()] },
  break: [],
  expect: both(failed('http-server-error', { side: 'server', stage: 'http' })),
});
