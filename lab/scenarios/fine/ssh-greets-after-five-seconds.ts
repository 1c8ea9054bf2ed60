import { both, reachable, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

// As one that looks up the caller's name at a name server that is dead (resolv.conf(5)). What else could be at that port is
// tried by then, and is of no use any more.
export default scenario({
  id: 'ssh-greets-after-five-seconds',
  side: 'fine',
  title: 'An SSH server takes 5 s to greet: it is slow, and nobody is blamed',
  target: 'ssh://four.example.com',
  shows: 'reachable',
  nearly: ['server-not-responding'],
  services: { server: [ssh(22, 5_000)] },
  break: [],
  expect: both(reachable),
});
