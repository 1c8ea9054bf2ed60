import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'address-without-zone',
  side: 'target',
  title: 'An IPv6 address that counts on one link was typed without the link',
  target: 'http://[fe80::7]/',
  shows: 'no-route',
  nearly: ['host-down', 'network-down'],
  break: [],
  expect: both(failed('no-route', { side: 'target', stage: 'route', certainty: { atLeast: 'proven' } })),
});
