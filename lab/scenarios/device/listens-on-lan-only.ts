import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// It does listen on that port: "nothing listens" alone would be a lie.
export default scenario({
  id: 'listens-on-lan-only',
  side: 'device',
  title: "A program listens on this device's own address only, and is asked for as 127.0.0.1",
  target: 'http://127.0.0.1:8080/',
  shows: 'nothing-listening',
  nearly: ['loopback-of-other-namespace', 'local-firewall'],
  services: { device: [{ ...http(undefined, 8080), addresses: [ADDRESS.device] }] },
  break: [],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { address: ADDRESS.device },
      innocent: ['loopback-of-other-namespace', 'local-firewall'],
    }),
  ),
});
