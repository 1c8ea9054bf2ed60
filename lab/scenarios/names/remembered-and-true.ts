import { both, failed, scenario } from '../../scenario.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'remembered-and-true',
  side: 'names',
  title: 'The resolver remembers the address, as it should, and it is the true one; the port is closed',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['stale-dns-cache', 'dns-answer-forged'],
  services: { resolver: [] },
  break: [],
  distractors: [
    unbound(
      'resolver',
      `  module-config: "iterator"
  forward-zone:
    name: "."
    forward-addr: ${ADDRESS.referenceResolver}`,
    ),
  ],
  expect: both(
    failed('nothing-listening', {
      certainty: { atMost: 'likely' },
      innocent: ['stale-dns-cache', 'dns-answer-forged', 'name-filtered'],
    }),
  ),
  needs: ['unbound'],
});
