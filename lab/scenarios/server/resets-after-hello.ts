import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'resets-after-hello',
  side: 'server',
  title: 'The connection is reset after our first TLS message: the server, or somebody who read the name in it',
  target: 'https://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['sni-filtered', 'reset-injected'],
  services: { server: [{ kind: 'closes', port: 443, how: 'rst', after: 'first-bytes' }, ssh()] },
  break: [],
  expect: both({
    anyOf: [
      undetermined(['server-closes-at-once']),
      failed('server-closes-at-once', { side: 'server', certainty: { atMost: 'likely' } }),
    ],
  }),
});
