import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'page-through-site-own-cache',
  side: 'fine',
  title: "The page says that it came through a cache: the site's own; nobody on the way catches anything",
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['transparent-proxy'],
  services: { server: [http({ status: '200 OK', headers: ['Via: 1.1 varnish', 'X-Cache: HIT'], body: 'Welcome\n' })] },
  break: [],
  expect: both({ ...reachable, innocent: ['transparent-proxy', 'http-filtered'] }),
});
