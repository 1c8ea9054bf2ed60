import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-unreachable',
  side: 'device',
  title: 'An "unreachable" route on this device',
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['unreachable-by-hop', 'host-down'],
  break: [ip('device', 'route add unreachable 198.51.100.0/24')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route' },
      innocent: ['host-down', 'unreachable-by-hop'],
    }),
  ),
});
