import { both, failed, likely, scenario } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

// That the line and the name server are dead would be a lie.
export default scenario({
  id: 'hop-limit-too-low-here',
  side: 'device',
  title: "This device's own packets may pass two routers only, and the provider says so of each",
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['internet-down', 'resolver-unreachable', 'routing-loop', 'unreachable-by-hop'],
  break: [sysctl('device', 'net.ipv4.ip_default_ttl=2')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'setting', name: /ip_default_ttl = 2/ },
      innocent: ['internet-down', 'resolver-unreachable', 'routing-loop', 'unreachable-by-hop'],
    }),
  ),
});
