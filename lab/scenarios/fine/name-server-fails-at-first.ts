import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

// Four: glibc asks twice for each kind of address.
export default scenario({
  id: 'name-server-fails-at-first',
  side: 'fine',
  title: 'The name server fails on the first four questions, and answers all that come after them',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-failing', 'dnssec-bogus'],
  services: { resolver: [{ ...dns(), failsFirst: 4 }] },
  break: [],
  expect: both({ ...reachable, innocent: ['dnssec-bogus'] }),
  fresh: true,
});
