import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'page-about-filters',
  side: 'fine',
  title: 'A page that speaks of web filters at length, in the clear',
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['http-filtered'],
  services: {
    server: [
      http({
        status: '200 OK',
        headers: ['Content-Type: text/html'],
        body: `<title>How FortiGuard Web Filtering works</title><p>${'Powered By Fortinet means: … '.repeat(400)}</p>`,
      }),
    ],
  },
  break: [],
  expect: both(reachable),
});
