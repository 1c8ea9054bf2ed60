import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'address-of-broadcast',
  side: 'target',
  title: 'The address that was typed is the one of all devices of the home network at once',
  target: '192.168.7.255:80',
  shows: 'no-route',
  nearly: ['host-down', 'network-down'],
  break: [],
  expect: both(failed('no-route', { side: 'target', stage: 'route', certainty: { atLeast: 'proven' } })),
});
