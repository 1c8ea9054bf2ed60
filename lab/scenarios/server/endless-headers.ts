import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'endless-headers',
  side: 'server',
  title: "The answer's headers have no end",
  target: 'https://four.example.com/',
  shows: 'http-server-error',
  services: { server: [https({}, { status: '200 OK', endless: 'headers' }), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed(['http-server-error', 'server-not-responding'], { side: 'server', stage: 'http' }),
      undetermined([], { stage: 'http' }),
    ],
  }),
});
