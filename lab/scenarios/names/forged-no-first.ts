import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'forged-no-first',
  side: 'names',
  title: 'A forged "no such name" comes first, the true answer of the same resolver behind it',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['name-filtered', 'name-does-not-exist'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.server], behaviour: { before: { rcode: 3, thenMs: 40 } } },
      }),
    ],
  },
  break: [],
  expect: both(
    failed('dns-answer-forged', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      evidence: /two answers came to one question/,
      innocent: ['name-filtered', 'name-does-not-exist', 'resolver-failing'],
    }),
  ),
});
