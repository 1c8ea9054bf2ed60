import { both, failed, scenario, undetermined } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

export default scenario({
  id: 'closes-plain-http',
  side: 'server',
  title: 'A plain HTTP server hangs up without an answer',
  target: 'http://four.example.com/',
  shows: 'server-closes-at-once',
  services: { server: [http({ status: '200 OK', hangUp: 'fin' }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-closes-at-once', { side: 'server', certainty: { atMost: 'confirmed' } }),
      undetermined(['server-closes-at-once']),
    ],
  }),
});
