import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-403',
  side: 'server',
  title: 'The server forbids the page',
  target: 'https://shop.example.com/',
  shows: 'http-forbidden',
  nearly: ['http-filtered', 'legal-block'],
  services: { server: [https({}, { status: '403 Forbidden', body: 'no' }), ssh()] },
  break: [],
  expect: both(failed('http-forbidden', { side: 'server', stage: 'http', ...likely })),
});
