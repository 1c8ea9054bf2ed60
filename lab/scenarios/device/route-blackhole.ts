import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-blackhole',
  side: 'device',
  title: "A blackhole route on this device swallows the server's network",
  target: 'https://four.example.com/',
  shows: 'no-route',
  break: [ip('device', 'route add blackhole 198.51.100.0/24')],
  expect: both(failed('no-route', { side: 'this-device', ...sure, culprit: { kind: 'route' } })),
});
