import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

/** What the parent's server knows, and resolvers of `com`: who its server is. */
const com = { ...NAMES, com: { NS: ['a.nic.com'] }, 'a.nic.com': { A: [ADDRESS.edge] } };
const failing = { ...com, 'four.example.com': { behaviour: { rcode: 2 } }, 'example.com': { behaviour: { rcode: 2 } } };

export default scenario({
  id: 'zone-lame',
  side: 'names',
  title: 'The zone was given to a server that does not serve it: every resolver fails on the name',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered', 'name-does-not-exist'],
  services: {
    resolver: [dns(undefined, { ...failing, 'ns1.elsewhere.net': { A: [ADDRESS.server] } })],
    reference: REFERENCE.map((service) =>
      service.kind === 'dns'
        ? { ...service, zone: { ...failing, 'ns1.elsewhere.net': { A: [ADDRESS.server] } } }
        : service,
    ),
    edge: [{ ...dns(undefined, { 'example.com': { NS: ['ns1.elsewhere.net'] } }), authorityFor: ['com'] }],
    server: [{ ...dns(undefined, {}), authorityFor: ['elsewhere.net'] }],
  },
  break: [],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      side: 'server',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'zone', name: 'example.com' },
      evidence: /does not serve it/,
      innocent: ['dnssec-bogus', 'name-filtered', 'name-does-not-exist'],
    }),
  ),
});
