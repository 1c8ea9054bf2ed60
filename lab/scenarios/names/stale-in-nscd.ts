import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { nscd } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'stale-in-nscd',
  side: 'names',
  title: 'The name has moved; the name cache of this computer (nscd) still gives where it was, its resolver does not',
  target: 'https://four.example.com/',
  shows: 'stale-dns-cache',
  nearly: ['nothing-listening', 'host-down', 'hosts-file-override', 'dns-answer-forged'],
  services: {
    resolver: [
      {
        ...dns(undefined, {
          ...NAMES,
          'four.example.com': { A: [ADDRESS.server], behaviour: { formerly: { A: [ADDRESS.edge], questions: 1 } } },
        }),
        ttl: 3600,
      },
    ],
  },
  break: nscd(['four.example.com']),
  expect: both(
    failed('stale-dns-cache', {
      stage: 'name',
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'cache', name: 'nscd' },
      innocent: ['nothing-listening', 'hosts-file-override', 'dns-answer-forged'],
    }),
  ),
  needs: ['nscd'],
});
