import { both, scenario, undetermined } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// A firewall of the server's own may be told to use the same words (server/firewall-says-unreachable).
export default scenario({
  id: 'leads-on-to-nobody',
  side: 'server',
  title: 'The router of the server leads its address on to a machine behind it, which is off',
  target: 'https://four.example.com/',
  shows: 'no-backend',
  nearly: ['server-firewall', 'host-down', 'unreachable-by-hop'],
  break: [
    ip('server', 'link set eth0 down'),
    ip('edge', 'addr add 10.9.9.1/24 dev servers'),
    nft(
      'edge',
      `table ip front {\n chain pre {\n  type nat hook prerouting priority dstnat; policy accept;\n  ip daddr ${ADDRESS.server} dnat to 10.9.9.10\n }\n}\n`,
    ),
  ],
  expect: both({
    anyOf: [
      undetermined(['no-backend', 'server-firewall'], { side: 'server' }),
      { outcome: 'failed', cause: 'no-backend', side: 'server', certainty: { atMost: 'likely' } },
    ],
  }),
  needs: ['nft'],
});
