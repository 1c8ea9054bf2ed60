import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'six-only',
  side: 'device',
  title: 'A program on this device listens on IPv6 only, and is asked for by IPv4',
  target: 'http://192.168.7.20:8080/',
  shows: 'listens-on-other-family',
  nearly: ['nothing-listening', 'listens-on-loopback-only'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['::'] }] },
  break: [],
  expect: both(failed('listens-on-other-family', { side: 'this-device', ...likely })),
});
