import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-never-answers',
  side: 'server',
  title: 'TLS is well, and no answer to the request ever comes',
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  services: { server: [https({}, { status: '200 OK', silent: true }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-not-responding', { side: 'server', stage: 'http' }),
      undetermined(['server-not-responding']),
    ],
  }),
});
