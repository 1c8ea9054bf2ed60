import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'four-only',
  side: 'device',
  title: 'A program on this device listens on IPv4 only, and is asked for by IPv6',
  target: 'http://[2001:db8:7::20]:8080/',
  shows: 'listens-on-other-family',
  nearly: ['nothing-listening', 'listens-on-loopback-only'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['0.0.0.0'] }] },
  break: [],
  expect: both(failed('listens-on-other-family', { side: 'this-device', ...likely })),
});
