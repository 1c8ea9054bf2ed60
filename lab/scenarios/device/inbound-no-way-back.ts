import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-no-way-back',
  side: 'device',
  title: 'Asked from outside: this device has no route back to the other side',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'no-route',
  nearly: ['local-firewall', 'nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [ip('device', 'route del default')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      innocent: ['local-firewall'],
    }),
  ),
});
