import { both, failed, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'large-answers-no-tcp-there',
  side: 'names',
  title: 'The answer is too large for UDP, and the resolver itself takes no questions over TCP',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['resolver-unreachable', 'name-does-not-exist'],
  services: { resolver: [{ ...dns({ truncate: true }), udpOnly: true }] },
  break: [],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      certainty: { atMost: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      evidence: /too large for UDP/,
      innocent: ['name-does-not-exist', 'dns-answer-forged', 'dnssec-bogus'],
    }),
  ),
});
