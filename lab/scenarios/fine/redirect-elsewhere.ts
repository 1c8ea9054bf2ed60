import { both, reachable, scenario } from '../../scenario.js';
import { http, https, redirectTo, ssh } from '../../world/internet.js';

export default scenario({
  id: 'redirect-elsewhere',
  side: 'fine',
  title: 'The page redirects to another host, which is well',
  target: 'http://shop.example.com/',
  shows: 'reachable',
  nearly: ['redirect-loop'],
  services: { server: [https(), http(redirectTo('https://www.example.net/')), ssh()] },
  break: [],
  expect: both(reachable),
});
