import { both, failed, likely, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'internet-silent-router-fixed',
  side: 'network',
  title: "The provider drops everything; the router's hardware address is fixed by hand, and right",
  target: 'https://198.51.100.10/',
  shows: 'internet-down',
  nearly: ['gateway-unreachable'],
  break: [
    nft(
      'provider',
      `table inet lab { chain gone { type filter hook prerouting priority 0; policy accept; iifname "access" drop; }; }\n`,
    ),
  ],
  distractors: [
    ip('home', 'link set dev lan address 02:00:00:00:00:71'),
    ip('device', `neigh replace ${ADDRESS.home} lladdr 02:00:00:00:00:71 dev eth0 nud permanent`),
  ],
  expect: both(
    failed('internet-down', { side: ['path', 'local-network'], ...likely, innocent: ['gateway-unreachable'] }),
  ),
  needs: ['nft'],
});
