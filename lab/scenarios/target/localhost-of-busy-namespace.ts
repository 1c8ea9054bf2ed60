import { failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { redis } from '../../world/products.js';

const found = (name: RegExp) =>
  failed('loopback-of-other-namespace', {
    side: 'target',
    ...likely,
    culprit: { kind: 'process', name },
    innocent: ['nothing-listening', 'local-firewall'],
  });

// Another program was there first: whose the socket is only its owner and root are shown.
export default scenario({
  id: 'localhost-of-busy-namespace',
  side: 'target',
  title: 'localhost is asked for; several programs run in another namespace, and one of them listens on that port',
  target: 'redis://localhost:18717/',
  shows: 'loopback-of-other-namespace',
  nearly: ['nothing-listening', 'service-refuses-client'],
  services: { home: [http(undefined, 18716)] },
  break: [redis('home', ['port 18717'])],
  expect: { root: found(/^redis-server$/), user: found(/^a program in the network of process \d+$/) },
  needs: ['redis'],
});
