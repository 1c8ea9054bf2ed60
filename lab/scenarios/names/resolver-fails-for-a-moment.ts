import { both, failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Asked not to check signatures it gives the name, as it does by then however it is asked.
export default scenario({
  id: 'resolver-fails-for-a-moment',
  side: 'names',
  title: 'The name server fails on the questions of the system and on the first direct ones, and answers from then on',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus'],
  services: { resolver: [{ ...dns(), failsFirst: 6 }] },
  break: [],
  expect: both({
    anyOf: [
      failed('resolver-failing', {
        stage: 'name',
        ...onlyLikely,
        culprit: { kind: 'resolver', address: ADDRESS.resolver },
        innocent: ['dnssec-bogus'],
      }),
      // On a busy machine the direct questions come first.
      reachable,
    ],
  }),
  fresh: true,
});
