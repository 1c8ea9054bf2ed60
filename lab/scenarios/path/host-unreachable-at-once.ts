import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'host-unreachable-at-once',
  side: 'path',
  title: 'A hop says "host unreachable" at once: no search for a neighbour came before',
  target: 'https://four.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['host-down', 'rejected-by-hop'],
  break: [ip('provider', 'route replace unreachable 198.51.100.0/24')],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['host-down'],
    }),
  ),
  // The router sends so many errors and no more: the first run uses them up.
  fresh: true,
});
