import { failed, onlyLikely, scenario, sure } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'nothing-listens-on-either',
  side: 'device',
  title: 'Another port is listened on, on IPv4 only; on this one nothing is, on either family',
  target: 'http://[2001:db8:7::20]:8080/',
  shows: 'nothing-listening',
  nearly: ['listens-on-other-family', 'listens-on-loopback-only'],
  services: { device: [{ ...http(undefined, 8081), addresses: ['0.0.0.0'] }] },
  break: [],
  // Root sees the kernel refuse by itself: no rule and no translation was in between.
  expect: {
    root: failed('nothing-listening', { side: 'this-device', ...sure, innocent: ['listens-on-other-family'] }),
    user: failed('nothing-listening', { side: 'this-device', ...onlyLikely, innocent: ['listens-on-other-family'] }),
  },
});
