import { both, failed, likely, scenario } from '../../scenario.js';

// connect() to 0.0.0.0 goes to this very device.
export default scenario({
  id: 'unspecified-address',
  side: 'device',
  title: '0.0.0.0 is asked for, where nothing of this device listens',
  target: 'http://0.0.0.0:8099/',
  shows: 'nothing-listening',
  nearly: ['server-firewall', 'host-down'],
  break: [],
  expect: both(failed('nothing-listening', { side: 'this-device', ...likely })),
});
