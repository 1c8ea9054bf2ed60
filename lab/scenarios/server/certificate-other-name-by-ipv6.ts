import { both, likely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// As where an old AAAA record was left behind. Programs try it first, and show the warning: none goes on to IPv4.
export default scenario({
  id: 'certificate-other-name-by-ipv6',
  side: 'server',
  title: 'By IPv6 the name leads to a server that shows the certificate of another site; by IPv4 all is well',
  target: 'https://shop.example.com/',
  shows: 'certificate-name-mismatch',
  nearly: ['reachable', 'ipv6-broken'],
  services: {
    server: [
      { ...https(), addresses: ['0.0.0.0'] },
      { ...https({ certificate: 'other-name' }), addresses: ['::'] },
    ],
  },
  break: [],
  expect: both({
    outcome: 'degraded',
    cause: 'certificate-name-mismatch',
    side: 'server',
    ...likely,
    culprit: { kind: 'certificate', address: ADDRESS.server6 },
  }),
});
