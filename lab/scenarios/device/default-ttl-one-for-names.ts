import { both, failed, likely, scenario } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'default-ttl-one-for-names',
  side: 'device',
  title: 'The default hop limit of this computer is 1: the questions for the name end at its own router',
  target: 'https://shop.example.com/',
  shows: 'no-route',
  nearly: ['routing-loop', 'unreachable-by-hop'],
  break: [sysctl('device', 'net.ipv4.ip_default_ttl=1')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'setting', name: 'net.ipv4.ip_default_ttl = 1' },
      innocent: ['routing-loop', 'unreachable-by-hop', 'internet-down'],
    }),
  ),
});
