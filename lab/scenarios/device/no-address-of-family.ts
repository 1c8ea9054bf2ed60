import { both, failed, likely, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';

// The kernel says the same (EADDRNOTAVAIL) where it has a route and no address to send from.
export default scenario({
  id: 'no-address-of-family',
  side: 'device',
  title: 'A route for IPv6, and no address of that family on any interface',
  target: 'https://six.example.com/',
  shows: 'no-route',
  nearly: ['ephemeral-ports-exhausted'],
  break: [
    ip6(
      'device',
      'addr del 2001:db8:7::20/64 dev eth0',
      'addr del fe80::1/64 dev eth0',
      'addr del ::1/128 dev lo',
      'route replace default dev eth0',
    ),
  ],
  expect: both(
    failed(['no-route', 'network-down'], { side: 'this-device', ...likely, innocent: ['ephemeral-ports-exhausted'] }),
  ),
  needs: ['ipv6'],
});
