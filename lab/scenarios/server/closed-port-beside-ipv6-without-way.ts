import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';
import { ip6 } from '../../world/steps.js';

export default scenario({
  id: 'closed-port-beside-ipv6-without-way',
  side: 'server',
  title: 'The service is stopped; by IPv6 a router on the way knows no way there as well',
  target: 'https://shop.example.com/',
  shows: 'nothing-listening',
  nearly: ['unreachable-by-hop'],
  services: { server: [http(), ssh()] },
  break: [],
  // With the service up a program would take the IPv4 address.
  distractors: [ip6('provider', 'route del 2001:db8:100::/64')],
  expect: both(failed('nothing-listening', { side: 'server', ...onlyLikely, also: ['unreachable-by-hop'] })),
});
