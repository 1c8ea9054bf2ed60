import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'address-of-no-one',
  side: 'target',
  title: 'The address lies in the range that is kept for later, and leads to nobody from anywhere',
  target: '240.0.0.1:80',
  shows: 'unreachable-by-hop',
  nearly: ['internet-down'],
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'target',
      ...likely,
      innocent: ['internet-down', 'no-route'],
    }),
  ),
});
