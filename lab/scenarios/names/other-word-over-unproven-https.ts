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
const lie = { ...near, 'four.example.com': { A: ['198.51.100.66'] } };
const innocent = ['stale-dns-cache', 'name-filtered', 'dns-answer-forged'];

// Whoever cannot show that he is the resolver says nothing about what the resolver would say.
export default scenario({
  id: 'other-word-over-unproven-https',
  side: 'names',
  title:
    'The near machine is down; at port 443 of the reference somebody with the certificate of another gives another address',
  target: 'https://four.example.com/',
  shows: 'nothing-listening',
  nearly: ['dns-answer-forged'],
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
    reference: [
      ...REFERENCE.map((service) => (service.kind === 'dns' ? { ...service, zone: far } : service)),
      {
        ...dns(undefined, lie),
        port: 5354,
        addresses: [ADDRESS.referenceResolver],
        overHttps: true,
        tls: { certificate: 'good', names: ['resolver.example.org'] },
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
  expect: both({
    anyOf: [
      failed('nothing-listening', { innocent, innocentText: ['198.51.100.66'] }),
      undetermined(['nothing-listening'], { innocent, innocentText: ['198.51.100.66'] }),
    ],
  }),
  needs: ['unbound'],
});
