import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'resets-at-once',
  side: 'server',
  title: 'The server accepts and resets at once',
  target: 'https://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['nothing-listening'],
  services: { server: [{ kind: 'closes', port: 443, how: 'rst', after: 'accept' }, ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-closes-at-once', { side: 'server', certainty: { atMost: 'confirmed' } }),
      undetermined(['server-closes-at-once']),
    ],
  }),
});
