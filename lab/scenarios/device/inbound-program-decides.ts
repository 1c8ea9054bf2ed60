import { scenario, undetermined } from '../../scenario.js';
import { listening } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-program-decides',
  side: 'device',
  title: 'Asked from outside: the rules let it in, and then a program in the kernel decides of which nothing is known',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'app-policy',
  nearly: ['reachable', 'local-firewall'],
  services: { device: [] },
  break: [
    { do: 'group', on: 'device', group: 'lab-shop.service', forbids: { hook: 'ingress', name: 'guard_in' } },
    listening('device', '0.0.0.0:8080', 16, { group: 'lab-shop.service' }),
  ],
  expect: {
    root: undetermined(['app-policy'], { evidence: /BPF ingress program "guard_in"/ }),
    user: undetermined(['local-firewall']),
  },
  needs: ['cgroup-bpf'],
});
