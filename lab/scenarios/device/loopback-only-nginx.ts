import { both, failed, likely, scenario } from '../../scenario.js';
import { nginx } from '../../world/products.js';

export default scenario({
  id: 'loopback-only-nginx',
  side: 'device',
  title: 'nginx on this device listens on 127.0.0.1 for this port',
  target: 'http://192.168.7.20:8080/',
  shows: 'listens-on-loopback-only',
  nearly: ['nothing-listening', 'local-firewall'],
  break: [nginx('device', ['listen 127.0.0.1:8080;', 'return 200 hello;'])],
  expect: both(
    failed('listens-on-loopback-only', {
      side: 'this-device',
      ...likely,
      culprit: { location: /^\/etc\/nginx\/\S+:\d+$/ },
    }),
  ),
  needs: ['nginx'],
});
