import { both, reachable, scenario } from '../../scenario.js';
import { https, redirectTo, ssh } from '../../world/internet.js';

export default scenario({
  id: 'redirect-chain',
  side: 'fine',
  title: 'Four redirects, each to another page, and then the page',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['redirect-loop'],
  services: {
    server: [
      {
        ...https(),
        routes: {
          '/': redirectTo('/a'),
          '/a': redirectTo('/b', '302 Found'),
          '/b': redirectTo('/c', '307 Temporary Redirect'),
          '/c': redirectTo('/d', '308 Permanent Redirect'),
          '*': { status: '200 OK', body: 'here' },
        },
      },
      ssh(),
    ],
  },
  break: [],
  expect: both(reachable),
});
