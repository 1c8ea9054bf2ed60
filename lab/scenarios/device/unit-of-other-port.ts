import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'unit-of-other-port',
  side: 'device',
  title: 'Nothing listens here, and the only unit with such digits means another port',
  target: 'http://localhost:9321/',
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/shop-api.service',
      content: '[Service]\nExecStart=/opt/shop/api --listen 127.0.0.1:19321 --build 1.9321.2\n',
    },
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'port 9321' },
      innocentText: ['shop-api'],
    }),
  ),
});
