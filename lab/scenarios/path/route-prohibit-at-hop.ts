import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'route-prohibit-at-hop',
  side: 'path',
  title: 'A "prohibit" route in a router, not a firewall',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['unreachable-by-hop'],
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [ip('provider', 'route replace prohibit 198.51.100.0/24')],
  expect: both(
    failed('rejected-by-hop', { side: 'path', ...sure, culprit: { kind: 'hop', address: ADDRESS.provider } }),
  ),
});
