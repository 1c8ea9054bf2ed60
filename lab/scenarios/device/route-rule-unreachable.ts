import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// The kernel gives the same error as where it has no route at all.
export default scenario({
  id: 'route-rule-unreachable',
  side: 'device',
  title: 'A policy rule calls the server unreachable, and another one, for another user, prohibits it',
  target: 'https://four.example.com/',
  shows: 'no-route',
  break: [ip('device', 'rule add to 198.51.100.0/24 unreachable')],
  distractors: [ip('device', 'rule add uidrange 4000000-4000001 to 198.51.100.0/24 prohibit')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /to 198\.51\.100\.0\/24 unreachable$/ },
      innocent: ['local-firewall'],
      innocentText: ['4000000'],
    }),
  ),
});
