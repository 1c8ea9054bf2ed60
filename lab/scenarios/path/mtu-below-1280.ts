import { both, failed, scenario } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

// A tunnel within tunnels: IPv4 has no least size that every link must carry, as IPv6 has.
export default scenario({
  id: 'mtu-below-1280',
  side: 'path',
  title: 'Only the way back carries no more than 1100 bytes, in silence: a page without TLS never comes',
  target: 'http://four.example.com:8080/',
  shows: 'path-mtu-blackhole',
  nearly: ['server-not-responding', 'packet-loss', 'http-filtered'],
  services: {
    server: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'a long page\n'.repeat(600) } } }],
  },
  break: [
    ip('edge', 'link set uplink mtu 1100'),
    filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
  ],
  expect: both(
    failed('path-mtu-blackhole', {
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'limit', name: /packets of (more than )?1[01]\d\d bytes/ },
      innocent: ['server-not-responding', 'packet-loss'],
    }),
  ),
  needs: ['nft'],
});
