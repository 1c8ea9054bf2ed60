import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'byte-a-second',
  side: 'server',
  title: 'The answer comes at a byte a second',
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  services: { server: [https({}, { status: '200 OK', body: 'slow', dripMs: 1000 }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed(['server-not-responding', 'server-overloaded'], { side: 'server', stage: 'http' }),
      undetermined(['server-not-responding']),
    ],
  }),
});
