import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-rule-prohibit',
  side: 'device',
  title: "A policy rule, not a route, prohibits the server's address",
  target: 'https://four.example.com/',
  shows: 'no-route',
  break: [ip('device', 'rule add to 198.51.100.10 prohibit')],
  expect: both(failed('no-route', { side: 'this-device', ...sure, innocent: ['local-firewall'] })),
});
