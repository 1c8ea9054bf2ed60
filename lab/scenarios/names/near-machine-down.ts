import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, REFERENCE, dns } from '../../world/internet.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const near = {
  ...NAMES,
  'example.com': { NS: ['ns1.example.com'] },
  'ns1.example.com': { A: [ADDRESS.server] },
  'four.example.com': { A: [ADDRESS.edge] },
};
const far = { ...near, 'four.example.com': { A: [ADDRESS.server] } };

export default scenario({
  id: 'near-machine-down',
  side: 'names',
  title: "The zone's own server sends us to the nearest machine, which is down; others are sent to one that works",
  target: 'https://four.example.com/',
  shows: 'nothing-listening',
  nearly: ['stale-dns-cache', 'name-filtered', 'dns-answer-forged'],
  services: {
    resolver: [{ ...dns(undefined, near), addresses: ['127.0.0.2'], port: 5353, ttl: 3600 }],
    server: [
      { ...dns(undefined, near), authorityFor: ['example.com'] },
      {
        kind: 'https',
        port: 443,
        tls: { certificate: 'good' },
        routes: { '*': { status: '200 OK', body: 'Welcome.' } },
      },
    ],
    reference: REFERENCE.map((service) => (service.kind === 'dns' ? { ...service, zone: far } : service)),
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
  expect: both({
    anyOf: [
      failed('nothing-listening', { innocent: ['stale-dns-cache', 'name-filtered', 'dns-answer-forged'] }),
      undetermined(['nothing-listening'], { innocent: ['stale-dns-cache', 'name-filtered', 'dns-answer-forged'] }),
    ],
  }),
  needs: ['unbound'],
});
