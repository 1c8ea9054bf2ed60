import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

/** The owner's old and new servers: the resolver has asked the one, everybody else asks the other. */
export default scenario({
  id: 'stale-at-resolver',
  side: 'names',
  title: 'The name has moved; the resolver (unbound) still remembers where it was, for an hour',
  target: 'https://four.example.com/',
  shows: 'stale-dns-cache',
  nearly: ['nothing-listening', 'name-filtered', 'dns-answer-forged', 'host-down'],
  services: {
    resolver: [
      {
        ...dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } }),
        addresses: ['127.0.0.2'],
        port: 5353,
        ttl: 3600,
      },
    ],
  },
  break: [
    unbound(
      'resolver',
      `  module-config: "iterator"
  do-not-query-localhost: no
  forward-zone:
    name: "."
    forward-addr: 127.0.0.2@5353`,
    ),
  ],
  expect: both(
    failed('stale-dns-cache', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'cache', address: ADDRESS.resolver, name: /unbound/ },
      innocent: ['nothing-listening', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound'],
});
