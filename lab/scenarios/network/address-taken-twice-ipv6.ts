import { failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour } from '../../world/steps.js';

const ADDRESS = '2001:db8:7::30';
const MAC = { server: '02:00:00:00:30:01', twin: '02:00:00:00:30:02' };

export default scenario({
  id: 'address-taken-twice-ipv6',
  side: 'network',
  title: 'Two devices of the network have the same IPv6 address, and the wrong one swallows the connection',
  target: `http://[${ADDRESS}]:8080/`,
  shows: 'address-conflict',
  nearly: ['server-firewall', 'dropped-on-path', 'host-down'],
  break: [
    neighbour('other', [`${ADDRESS}/64`], {
      mac: MAC.server,
      services: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'files\n' } } }],
    }),
    neighbour('twin', [`${ADDRESS}/64`], { mac: MAC.twin }),
    {
      do: 'run',
      on: 'twin',
      line: [
        'nft',
        'add table inet t; add chain inet t input { type filter hook input priority 0; }; add rule inet t input meta l4proto tcp drop',
      ],
    },
    ip('device', `neigh replace ${ADDRESS} lladdr ${MAC.twin} dev eth0 nud reachable`),
  ],
  expect: {
    root: failed('address-conflict', {
      side: 'local-network',
      certainty: { atLeast: 'proven' },
      culprit: { address: ADDRESS, name: new RegExp(`(?=.*${MAC.server})(?=.*${MAC.twin})`) },
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
    user: {
      anyOf: [undetermined(['server-firewall']), failed('server-firewall', { certainty: { atMost: 'likely' } })],
    },
  },
  needs: ['macvlan', 'nft', 'ipv6'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
