import { ADDRESS } from '../../world/topology.js';
import { both, failed, likely, scenario, undetermined } from '../../scenario.js';
import { hold, sshd } from '../../world/products.js';

export default scenario({
  id: 'sshd-max-startups',
  side: 'server',
  title: 'A real OpenSSH has as many unfinished logins as it may',
  target: 'ssh://four.example.com',
  shows: 'service-refuses-client',
  nearly: ['server-closes-at-once', 'server-overloaded'],
  services: { server: [] },
  break: [sshd('server', ['MaxStartups 1:100:1', 'LoginGraceTime 120']), hold('server', ADDRESS.server, 22, 1)],
  expect: both({
    anyOf: [
      failed('service-refuses-client', { side: 'server', stage: 'service', ...likely }),
      undetermined(['service-refuses-client', 'server-closes-at-once']),
    ],
  }),
  needs: ['sshd'],
});
