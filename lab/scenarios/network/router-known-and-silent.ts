import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip, ip6 } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// What this device knows of the link is from before: that it has a link address shows nobody there now.
export default scenario({
  id: 'router-known-and-silent',
  side: 'network',
  title: 'The router is known on the link from before, and does not answer any more',
  target: 'https://198.51.100.10/',
  shows: 'gateway-unreachable',
  nearly: ['internet-down', 'host-down'],
  break: [
    ip('device', `neigh replace ${ADDRESS.home} lladdr 02:00:00:00:00:99 dev eth0 nud stale`),
    ip6('device', `neigh replace ${ADDRESS.home6} lladdr 02:00:00:00:00:99 dev eth0 nud stale`),
  ],
  expect: both({
    anyOf: [
      failed('gateway-unreachable', {
        side: 'local-network',
        certainty: { atMost: 'likely' },
        culprit: { address: ADDRESS.home },
        innocent: ['internet-down', 'host-down'],
      }),
      undetermined(['gateway-unreachable'], { innocent: ['host-down'] }),
    ],
  }),
  fresh: true,
});
