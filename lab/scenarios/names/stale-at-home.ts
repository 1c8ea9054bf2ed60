import { both, failed, scenario } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const moved = { ...NAMES, 'example.com': { NS: ['ns1.example.com'] }, 'ns1.example.com': { A: [ADDRESS.server] } };

export default scenario({
  id: 'stale-at-home',
  side: 'names',
  title:
    "The home router (dnsmasq) remembers an old address; the zone's own server and everybody else give the new one",
  target: 'https://four.example.com/',
  shows: 'stale-dns-cache',
  nearly: ['nothing-listening', 'name-filtered', 'dns-answer-forged'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  services: {
    home: [
      {
        ...dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } }),
        addresses: ['127.0.0.2'],
        port: 5353,
        ttl: 3600,
      },
    ],
    server: [
      { ...dns(undefined, moved), authorityFor: ['example.com'], serial: 2026112702 },
      {
        kind: 'https',
        port: 443,
        tls: { certificate: 'good' },
        routes: { '*': { status: '200 OK', body: 'Welcome.' } },
      },
    ],
    reference: REFERENCE.map((service) => (service.kind === 'dns' ? { ...service, zone: moved } : service)),
  },
  break: [dnsmasq('home', '--interface=lan', '--server=127.0.0.2#5353')],
  expect: both(
    failed('stale-dns-cache', {
      stage: 'name',
      side: 'local-network',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'cache', address: ADDRESS.home, name: /dnsmasq/ },
      evidence: /zone's own server/,
      innocent: ['nothing-listening', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['dnsmasq'],
});
