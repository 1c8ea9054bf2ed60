import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'two-same-answers',
  side: 'names',
  title: 'A question that arrived twice is answered twice, with the same address; the port is closed',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['dns-answer-forged', 'stale-dns-cache'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.server], behaviour: { before: { A: [ADDRESS.server], thenMs: 20 } } },
      }),
    ],
  },
  break: [],
  expect: both(
    failed('nothing-listening', {
      certainty: { atMost: 'likely' },
      innocent: ['dns-answer-forged', 'stale-dns-cache', 'name-filtered'],
    }),
  ),
});
