import { both, reachable, scenario } from '../../scenario.js';
import { sshd } from '../../world/products.js';

export default scenario({
  id: 'sshd-real',
  side: 'fine',
  title: 'A real OpenSSH greets',
  target: 'ssh://git@four.example.com/app.git',
  shows: 'reachable',
  nearly: ['service-refuses-client'],
  services: { server: [] },
  break: [sshd('server')],
  expect: both(reachable),
  needs: ['sshd'],
});
