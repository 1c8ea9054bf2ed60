import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-answer-has-no-way',
  side: 'device',
  title: 'Asked from outside: a rule of routing forbids what bears the address of this device, as answers do',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'no-route',
  nearly: ['reachable', 'local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [ip('device', `rule add from ${ADDRESS.device} to 198.51.100.0/24 prohibit`)],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'route', name: /prohibit/ },
      innocent: ['local-firewall'],
    }),
  ),
});
