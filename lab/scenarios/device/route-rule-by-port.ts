import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// The kernel has a route to the address, and none for this port.
export default scenario({
  id: 'route-rule-by-port',
  side: 'device',
  title: 'A policy rule sends HTTPS into a black hole, whatever the address',
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['local-firewall'],
  break: [ip('device', 'rule add ipproto tcp dport 443 blackhole')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /dport 443 blackhole$/ },
      innocent: ['local-firewall'],
    }),
  ),
});
