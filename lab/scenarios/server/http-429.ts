import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-429',
  side: 'server',
  title: 'The server says "too many requests"',
  target: 'https://shop.example.com/',
  shows: 'rate-limited',
  services: { server: [https({}, { status: '429 Too Many Requests', headers: ['Retry-After: 60'] }), ssh()] },
  break: [],
  expect: both(failed('rate-limited', { side: 'server', stage: 'http', ...likely })),
});
