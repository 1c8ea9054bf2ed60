import { both, failed, scenario } from '../../scenario.js';
import { nscd } from '../../world/products.js';

export default scenario({
  id: 'nscd-innocent',
  side: 'names',
  title: 'A name cache runs on this computer and gives the true address; the port is closed',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['stale-dns-cache'],
  break: [],
  distractors: nscd(['four.example.com']),
  expect: both(
    failed('nothing-listening', {
      certainty: { atMost: 'likely' },
      innocent: ['stale-dns-cache', 'dns-answer-forged'],
    }),
  ),
  needs: ['nscd'],
});
