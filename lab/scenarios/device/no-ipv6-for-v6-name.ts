import { both, failed, likely, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';

export default scenario({
  id: 'no-ipv6-for-v6-name',
  side: 'device',
  title: 'The name has only an IPv6 address, and this device has no IPv6',
  target: 'https://six.example.com/',
  shows: 'no-route',
  break: [ip6('device', 'route flush dev eth0', 'addr flush dev eth0')],
  expect: both(failed('no-route', { side: 'this-device', ...likely, innocent: ['internet-down'] })),
});
