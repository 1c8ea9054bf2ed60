import { both, failed, sure, scenario } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'default-ttl-one',
  side: 'device',
  title: 'The default hop limit of this computer is 1: each packet ends at its own router',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['routing-loop', 'unreachable-by-hop'],
  break: [sysctl('device', 'net.ipv4.ip_default_ttl=1')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'setting', name: 'net.ipv4.ip_default_ttl = 1' },
      innocent: ['routing-loop', 'unreachable-by-hop', 'internet-down'],
    }),
  ),
});
