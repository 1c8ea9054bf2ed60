import { both, failed, likely, scenario } from '../../scenario.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'rediss-to-plain-redis',
  side: 'target',
  title: 'TLS is spoken to a real Redis that has none, and wants a password',
  target: 'rediss://four.example.com/0',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding', 'sni-filtered', 'path-mtu-blackhole'],
  break: [redis('server', ['requirepass secret'])],
  expect: both(
    failed('wrong-scheme-or-port', {
      side: 'target',
      ...likely,
      culprit: { name: 'redis://four.example.com:6379/0' },
      evidence: /NOAUTH/,
    }),
  ),
  needs: ['redis'],
});
