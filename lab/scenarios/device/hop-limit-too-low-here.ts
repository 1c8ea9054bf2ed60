import { both, scenario, undetermined } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

// Who lowers the hop limit is not seen; that the line and the name server are dead would be a lie.
export default scenario({
  id: 'hop-limit-too-low-here',
  side: 'device',
  title: "This device's own packets may pass two routers only, and the provider says so of each",
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['internet-down', 'resolver-unreachable', 'routing-loop', 'unreachable-by-hop'],
  break: [sysctl('device', 'net.ipv4.ip_default_ttl=2')],
  expect: both(
    undetermined([], { innocent: ['internet-down', 'resolver-unreachable', 'routing-loop', 'unreachable-by-hop'] }),
  ),
});
