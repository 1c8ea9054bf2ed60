import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The router of IPv6 is well and answers: that says nothing of the other one.
export default scenario({
  id: 'router-fixed-at-wrong-place',
  side: 'network',
  title: "The router's hardware address is fixed by hand at one that nobody has (any more)",
  target: 'https://198.51.100.10/',
  shows: 'gateway-unreachable',
  nearly: ['internet-down', 'host-down'],
  break: [ip('device', `neigh replace ${ADDRESS.home} lladdr 02:00:00:00:00:99 dev eth0 nud permanent`)],
  expect: both(
    failed('gateway-unreachable', {
      side: 'local-network',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'setting', address: ADDRESS.home },
      innocent: ['internet-down', 'host-down'],
    }),
  ),
  fresh: true,
});
