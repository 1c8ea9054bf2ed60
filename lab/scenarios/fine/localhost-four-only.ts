import { both, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'localhost-four-only',
  side: 'fine',
  title: 'A program listens on 127.0.0.1 only, and localhost is asked for',
  target: 'http://localhost:8080/',
  shows: 'reachable',
  nearly: ['listens-on-loopback-only', 'nothing-listening', 'ipv6-broken'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['127.0.0.1'] }] },
  break: [],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: 'reachable' },
      { outcome: 'degraded', cause: 'listens-on-other-family' },
    ],
  }),
});
