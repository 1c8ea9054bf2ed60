import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { sysctl } from '../../world/steps.js';

// The network has nothing to do with it. Near miss: device/no-ipv6-for-v6-name.
export default scenario({
  id: 'loopback-without-ipv6',
  side: 'device',
  title: 'IPv6 is switched off, and a service of this device is asked for at ::1',
  target: 'http://[::1]:8080/',
  shows: 'no-route',
  nearly: ['ipv6-broken', 'nothing-listening'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['127.0.0.1'] }] },
  break: [sysctl('device', 'net.ipv6.conf.all.disable_ipv6=1')],
  expect: both(failed('no-route', { side: 'this-device', ...likely, innocent: ['ipv6-broken', 'nothing-listening'] })),
});
