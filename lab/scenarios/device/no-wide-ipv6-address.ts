import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip6 } from '../../world/steps.js';

// A router has announced itself, and DHCPv6 gave no address: the kernel sends from the one of its own link.
export default scenario({
  id: 'no-wide-ipv6-address',
  side: 'device',
  title: 'There is a way for IPv6, and no address of this computer that holds beyond its own link',
  target: 'https://six.example.com/',
  shows: 'no-route',
  nearly: ['unreachable-by-hop'],
  break: [ip6('device', 'addr flush dev eth0 scope global', 'route replace default via 2001:db8:7::1 dev eth0 onlink')],
  expect: both(failed('no-route', { side: 'this-device', ...onlyLikely, innocent: ['unreachable-by-hop'] })),
  needs: ['ipv6'],
});
