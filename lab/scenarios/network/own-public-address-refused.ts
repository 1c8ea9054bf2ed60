import { both, failed, scenario } from '../../scenario.js';
import { neighbour, nft } from '../../world/steps.js';

export default scenario({
  id: 'own-public-address-refused',
  side: 'network',
  title: "The home's own public address from inside: the router refuses, for nothing listens on the router itself",
  target: 'http://203.0.113.2:8080/',
  shows: 'nat-loopback-missing',
  nearly: ['nothing-listening', 'server-firewall'],
  services: {
    home: [
      {
        kind: 'igd',
        port: 5000,
        outside: '203.0.113.2',
        mappings: ['udp 51820 192.168.7.40 51820', 'tcp 8080 192.168.7.40 8080'],
      },
    ],
  },
  break: [
    neighbour('other', ['192.168.7.40/24'], {
      services: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'at home\n' } } }],
    }),
    nft(
      'home',
      `table ip nat { chain pre { type nat hook prerouting priority dstnat; iifname wan tcp dport 8080 dnat to 192.168.7.40:8080; }; }`,
    ),
  ],
  expect: both(
    failed('nat-loopback-missing', {
      side: 'local-network',
      certainty: { atLeast: 'likely' },
      culprit: { address: '192.168.7.1' },
      innocent: ['server-firewall'],
    }),
  ),
  needs: ['macvlan', 'nft'],
});
