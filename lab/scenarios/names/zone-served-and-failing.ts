import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const com = {
  ...NAMES,
  com: { NS: ['a.nic.com'] },
  'a.nic.com': { A: [ADDRESS.edge] },
  'ns1.elsewhere.net': { A: [ADDRESS.server] },
};
const failing = { ...com, 'four.example.com': { behaviour: { rcode: 2 } }, 'example.com': { behaviour: { rcode: 2 } } };

export default scenario({
  id: 'zone-served-and-failing',
  side: 'names',
  title: "Every resolver fails on the name, though the zone's own server serves it: nobody here can tell why",
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: {
    resolver: [dns(undefined, failing)],
    reference: REFERENCE.map((service) => (service.kind === 'dns' ? { ...service, zone: failing } : service)),
    edge: [{ ...dns(undefined, { 'example.com': { NS: ['ns1.elsewhere.net'] } }), authorityFor: ['com'] }],
    server: [{ ...dns(undefined, NAMES), authorityFor: ['example.com'] }],
  },
  break: [],
  expect: both({
    anyOf: [
      undetermined(['resolver-failing'], { innocent: ['name-filtered'] }),
      failed('resolver-failing', { certainty: { atMost: 'likely' }, innocent: ['name-filtered', 'dnssec-bogus'] }),
    ],
  }),
});
