import { both, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-unit-stopped',
  side: 'device',
  title: 'Asked from outside: a unit of this device has the port in its command, and its program does not run',
  target: '9321',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/shop-api.service',
      content: '[Service]\nExecStart=/opt/shop/api --listen 0.0.0.0:9321\n',
    },
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'service', name: 'shop-api.service', location: '/etc/systemd/system/shop-api.service:2' },
    }),
  ),
});
