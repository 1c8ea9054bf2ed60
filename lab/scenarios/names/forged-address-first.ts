import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'forged-address-first',
  side: 'names',
  title: 'A forged answer with an address where nobody is comes first, the true one behind it',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['host-down', 'server-firewall', 'stale-dns-cache'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.server], behaviour: { before: { A: [ADDRESS.edge], thenMs: 40 } } },
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
      innocent: ['nothing-listening', 'stale-dns-cache', 'name-filtered'],
    }),
  ),
});
