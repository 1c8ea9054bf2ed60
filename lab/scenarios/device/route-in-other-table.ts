import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-in-other-table',
  side: 'device',
  title: 'A policy rule leads to a table that holds a blackhole',
  target: 'https://four.example.com/',
  shows: 'no-route',
  break: [ip('device', 'route add blackhole default table 77', 'rule add to 198.51.100.0/24 lookup 77')],
  expect: both(failed('no-route', { side: 'this-device', ...sure })),
});
