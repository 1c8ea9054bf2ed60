import { both, scenario } from '../../scenario.js';

// Near miss of run-all-well: what holds for our connections is no word about one that is bound elsewhere.
export default scenario({
  id: 'run-bound-to-own-loopback',
  side: 'fine',
  title: 'The command binds its connection to 127.0.0.1, from which nothing outside can be reached; all else is well',
  target: 'https://four.example.com/',
  run: ['curl', '-s', '-m', '5', '--interface', '127.0.0.1', 'https://four.example.com/'],
  shows: 'reachable',
  nearly: ['app-policy', 'no-route'],
  break: [],
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    innocent: ['app-policy', 'no-route', 'local-firewall'],
    evidence: /that of the program to 198\.51\.100\.10:443 was refused by this computer at once \(EINVAL\)/,
  }),
  needs: ['strace'],
});
