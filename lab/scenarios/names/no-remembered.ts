import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const present = { ...NAMES, 'example.com': { NS: ['ns1.example.com'] }, 'ns1.example.com': { A: [ADDRESS.server] } };
const { 'four.example.com': _, ...before } = NAMES;

export default scenario({
  id: 'no-remembered',
  side: 'names',
  title: 'The name is new: the resolver remembers a "no" from an older version of the zone',
  target: 'https://four.example.com/',
  shows: 'stale-dns-cache',
  nearly: ['name-filtered', 'name-does-not-exist', 'dns-answer-forged'],
  services: {
    resolver: [{ ...dns(undefined, before), serial: 2026112601 }],
    server: [
      { ...dns(undefined, present), authorityFor: ['example.com'], serial: 2026112702 },
      {
        kind: 'https',
        port: 443,
        tls: { certificate: 'good' },
        routes: { '*': { status: '200 OK', body: 'Welcome.' } },
      },
    ],
    reference: REFERENCE.map((service) => (service.kind === 'dns' ? { ...service, zone: present } : service)),
  },
  break: [],
  expect: both({
    anyOf: [
      failed('stale-dns-cache', {
        stage: 'name',
        culprit: { kind: 'cache', address: ADDRESS.resolver },
        innocent: ['name-does-not-exist', 'name-filtered'],
      }),
      undetermined(['stale-dns-cache'], { innocent: ['name-does-not-exist', 'name-filtered'] }),
    ],
  }),
});
