import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-451',
  side: 'server',
  title: 'The server refuses for legal reasons and says who asked for it',
  target: 'https://shop.example.com/',
  shows: 'legal-block',
  nearly: ['http-forbidden'],
  services: {
    server: [
      https(
        {},
        {
          status: '451 Unavailable For Legal Reasons',
          headers: ['Link: <https://court.example.org/order>; rel="blocked-by"'],
        },
      ),
      ssh(),
    ],
  },
  break: [],
  expect: both(failed('legal-block', { side: 'server', stage: 'http', ...likely })),
});
