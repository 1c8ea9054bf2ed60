import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'silent-after-accept',
  side: 'server',
  title: 'The server accepts and says nothing to our TLS hello',
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  nearly: ['server-firewall', 'dropped-on-path', 'path-mtu-blackhole'],
  services: { server: [{ kind: 'silent', port: 443 }, ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-not-responding', { side: 'server', stage: 'tls', certainty: { atMost: 'likely' } }),
      undetermined(['server-not-responding']),
    ],
  }),
});
