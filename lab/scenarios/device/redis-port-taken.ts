import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { redis } from '../../world/products.js';

export default scenario({
  id: 'redis-port-taken',
  side: 'device',
  title: 'A real Redis could not start: a web server has its port, and answers in its place',
  target: 'redis://127.0.0.1:6395',
  shows: 'wrong-scheme-or-port',
  nearly: ['nothing-listening', 'service-refuses-client'],
  services: { device: [{ ...http(undefined, 6395), addresses: ['127.0.0.1'] }] },
  break: [redis('device', ['bind 127.0.0.1', 'port 6395'], { ready: 'ended' })],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...likely, evidence: /Address already in use/ })),
  needs: ['redis'],
});
