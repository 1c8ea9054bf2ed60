import { both, failed, sure, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-hop-limit-two',
  side: 'device',
  title: 'The route to the server has a hop limit of 2',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['routing-loop', 'unreachable-by-hop'],
  break: [ip('device', 'route add 198.51.100.10 via 192.168.7.1 hoplimit 2')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: 'hoplimit 2' },
      innocent: ['routing-loop', 'unreachable-by-hop', 'internet-down'],
    }),
  ),
});
