import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'closes-at-once',
  side: 'server',
  title: 'The server accepts and closes at once',
  target: 'https://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['server-not-responding', 'nothing-listening'],
  services: { server: [{ kind: 'closes', port: 443, how: 'fin', after: 'accept' }, ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-closes-at-once', { side: 'server', certainty: { atMost: 'confirmed' } }),
      undetermined(['server-closes-at-once']),
    ],
  }),
});
