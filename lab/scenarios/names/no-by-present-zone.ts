import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const present = { ...NAMES, 'example.com': { NS: ['ns1.example.com'] }, 'ns1.example.com': { A: [ADDRESS.server] } };
const { 'four.example.com': _, ...without } = NAMES;

export default scenario({
  id: 'no-by-present-zone',
  side: 'names',
  title: 'The resolver denies a name that the very version of the zone has which it quotes: it filters',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['stale-dns-cache', 'name-does-not-exist', 'dns-answer-forged'],
  services: {
    resolver: [{ ...dns(undefined, without), serial: 2026112702 }],
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
      failed('name-filtered', {
        stage: 'name',
        certainty: { atMost: 'likely' },
        innocent: ['name-does-not-exist', 'stale-dns-cache', 'dns-answer-forged'],
      }),
      undetermined(['name-filtered'], { innocent: ['name-does-not-exist', 'stale-dns-cache'] }),
    ],
  }),
});
