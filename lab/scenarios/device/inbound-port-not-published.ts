import { both, failed, scenario } from '../../scenario.js';
import { container, ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-port-not-published',
  side: 'device',
  title: 'Asked from outside: a container listens on that port in its own network, and nobody has published it',
  target: '443',
  arguments: ['inbound', '--from', ADDRESS.home],
  shows: 'port-not-published',
  nearly: ['nothing-listening', 'local-firewall'],
  // An address that no other world has: networks with the same addresses count as one.
  break: [ip('server', 'address add 198.51.100.43/32 dev lo'), container('server')],
  expect: both(
    failed('port-not-published', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'container', owner: 'docker', name: /^[0-9a-f]{12}$/ },
    }),
  ),
  needs: ['container-cgroup'],
});
