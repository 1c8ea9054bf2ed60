import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, STATUS_NAMES, ssh, statusPage } from '../../world/internet.js';

export default scenario({
  id: 'status-page-says-well',
  side: 'server',
  title: 'The site answers 500, and its status page says that all is well',
  target: 'https://shop.example.com/',
  shows: 'http-server-error',
  nearly: ['service-outage'],
  names: STATUS_NAMES,
  services: {
    server: [https({}, { status: '500 Internal Server Error', body: '<h1>Sorry</h1>' }), ssh()],
    reference: statusPage({
      page: { name: 'Example', updated_at: '2026-11-27T09:41:00.000Z' },
      status: { indicator: 'none', description: 'All Systems Operational' },
    }),
  },
  break: [],
  expect: both({
    anyOf: [
      failed('http-server-error', { side: 'server', certainty: { atMost: 'likely' }, innocent: ['service-outage'] }),
      undetermined(['http-server-error'], { innocent: ['service-outage'] }),
    ],
  }),
});
