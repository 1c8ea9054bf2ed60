import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-503-starting',
  side: 'server',
  title: 'A start page with status 503: the application behind is still starting',
  target: 'https://four.example.com/',
  shows: 'service-starting',
  nearly: ['http-server-error', 'server-overloaded'],
  services: {
    server: [
      https(
        {},
        {
          status: '503 Service Unavailable',
          headers: ['Content-Type: text/html'],
          body: '<h1>The application is starting</h1><p>Please wait, it is starting up.</p>',
        },
      ),
      ssh(),
    ],
  },
  break: [],
  expect: both({
    anyOf: [
      failed('service-starting', { side: 'server' }),
      failed('http-server-error', { side: 'server', certainty: { atMost: 'likely' } }),
      undetermined(['service-starting']),
    ],
  }),
});
