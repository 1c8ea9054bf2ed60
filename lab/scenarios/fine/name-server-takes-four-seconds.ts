import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

// Its other end is names/resolver-silent: it takes connections as well, and never answers.
export default scenario({
  id: 'name-server-takes-four-seconds',
  side: 'fine',
  title: 'The only name server answers each question after four and a half seconds, and programs wait five for it',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'packet-loss', 'resolver-failing'],
  services: { resolver: [dns({ delayMs: 4_400 })] },
  break: [],
  expect: both(reachable),
});
