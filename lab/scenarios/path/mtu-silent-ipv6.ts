import { both, failed, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule, ip } from '../../world/steps.js';

export default scenario({
  id: 'mtu-silent-ipv6',
  side: 'path',
  title: 'A tunnel at home carries 1393 bytes of IPv6, and what its ends say of it is blocked',
  target: 'https://six.example.com/',
  shows: 'path-mtu-blackhole',
  nearly: ['server-not-responding', 'packet-loss', 'sni-filtered'],
  // What it sends first is as long as that of most servers: several packets.
  services: {
    server: [
      https({ names: Array.from({ length: 120 }, (_, i) => (i === 0 ? '*.example.com' : `shop${i}.example.com`)) }),
    ],
  },
  break: [
    ip('home', 'link set wan mtu 1393'),
    ip('provider', 'link set access mtu 1393'),
    filterRule('home', 'output', 'icmpv6 type packet-too-big drop', { labelText: 'icmpv6' }),
    filterRule('provider', 'output', 'icmpv6 type packet-too-big drop', { labelText: 'icmpv6' }),
  ],
  expect: both(
    failed('path-mtu-blackhole', {
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'limit', name: /(?:1393|1394|1395|1396|1397|1398) bytes/ },
      innocent: ['server-not-responding', 'packet-loss'],
    }),
  ),
  // How exact the size is, and whether the place is told, hangs on how many packets are left of what may be sent there.
  needs: ['nft', 'ipv6'],
});
