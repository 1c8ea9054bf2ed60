import { both, failed, scenario, undetermined } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

export default scenario({
  id: 'page-cut-short',
  side: 'server',
  title: 'The page comes with HTTP 200, and the connection ends before the length that was announced',
  target: 'http://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['http-filtered', 'wrong-scheme-or-port', 'momentary-glitch'],
  services: { server: [http({ status: '200 OK', body: 'b'.repeat(4000), cut: { after: 900, how: 'fin' } }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-closes-at-once', { side: 'server', stage: 'http', certainty: { atMost: 'likely' } }),
      undetermined(['server-closes-at-once']),
    ],
  }),
});
