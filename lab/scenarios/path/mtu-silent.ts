import { both, failed, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule, ip } from '../../world/steps.js';

export default scenario({
  id: 'mtu-silent',
  side: 'path',
  title: 'A link of the way carries 1400 bytes, and the messages that say so are blocked: the handshake hangs',
  target: 'https://four.example.com/',
  shows: 'path-mtu-blackhole',
  nearly: ['server-not-responding', 'packet-loss', 'sni-filtered', 'server-overloaded'],
  // What it sends first is as long as that of most servers: several packets.
  services: {
    server: [
      https({ names: Array.from({ length: 120 }, (_, i) => (i === 0 ? '*.example.com' : `shop${i}.example.com`)) }),
    ],
  },
  break: [
    ip('provider', 'link set core mtu 1400'),
    ip('edge', 'link set uplink mtu 1400'),
    filterRule('provider', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
    filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
  ],
  expect: both(
    failed('path-mtu-blackhole', {
      side: 'path',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'limit', name: /(?:1400|1401|1402|1403|1404|1405) bytes/ },
      innocent: ['server-not-responding', 'packet-loss'],
    }),
  ),
  // How exact the size is, and whether the place is told, hangs on how many packets are left of what may be sent there.
  needs: ['nft'],
});
