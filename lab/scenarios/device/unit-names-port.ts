import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'unit-names-port',
  side: 'device',
  title: 'A unit of this device has the port in its command, and its program does not run',
  target: 'http://localhost:9321/',
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/shop-api.service',
      content: '[Service]\nExecStart=/opt/shop/api --listen 127.0.0.1:9321\n',
    },
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'shop-api.service', location: '/etc/systemd/system/shop-api.service:2' },
    }),
  ),
});
