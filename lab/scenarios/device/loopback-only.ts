import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'loopback-only',
  side: 'device',
  title: 'A program on this device listens on 127.0.0.1 only',
  target: 'http://192.168.7.20:8080/',
  shows: 'listens-on-loopback-only',
  nearly: ['nothing-listening'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['127.0.0.1'] }] },
  break: [],
  expect: both(
    failed('listens-on-loopback-only', { side: 'this-device', ...likely, culprit: { address: /^127\.0\.0\.1\b/ } }),
  ),
});
