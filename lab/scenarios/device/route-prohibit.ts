import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-prohibit',
  side: 'device',
  title: 'A "prohibit" route on this device',
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['rejected-by-hop', 'local-firewall'],
  break: [ip('device', 'route add prohibit 198.51.100.10/32')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route' },
      innocent: ['local-firewall', 'rejected-by-hop'],
    }),
  ),
});
