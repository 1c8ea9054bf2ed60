import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'nothing-listens-here',
  side: 'device',
  title: 'Nothing listens on this port of this device',
  target: 'http://localhost:18713/',
  shows: 'nothing-listening',
  nearly: ['listens-on-loopback-only', 'local-firewall'],
  services: { device: [{ ...http(undefined, 18714), addresses: ['127.0.0.1'] }] },
  break: [],
  expect: both(failed('nothing-listening', { side: 'this-device', ...likely })),
});
