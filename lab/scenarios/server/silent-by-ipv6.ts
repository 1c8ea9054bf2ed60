import { both, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';

// The connection opens by IPv6, so that nothing makes programs try IPv4.
export default scenario({
  id: 'silent-by-ipv6',
  side: 'server',
  title: 'By IPv6 connections open, and what is said on them is never answered; by IPv4 all is well',
  target: 'https://shop.example.com/',
  shows: 'ipv6-broken',
  nearly: ['reachable', 'server-not-responding'],
  services: {
    server: [
      { ...https(), addresses: ['0.0.0.0'] },
      { kind: 'silent', port: 443, addresses: ['::'] },
    ],
  },
  break: [],
  expect: both({
    outcome: 'degraded',
    cause: 'ipv6-broken',
    stage: 'tls',
    certainty: { atLeast: 'likely', atMost: 'likely' },
  }),
});
