import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

// Its other end is names/resolver-silent: a name server that never answers.
export default scenario({
  id: 'name-server-takes-three-seconds',
  side: 'fine',
  title: 'The only name server answers each question after three seconds, and programs wait five for it',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'packet-loss', 'resolver-failing'],
  services: { resolver: [dns({ delayMs: 2_800 })] },
  break: [],
  expect: both(reachable),
});
