import { failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour } from '../../world/steps.js';

const MAC = '02:00:00:00:01:02';

export default scenario({
  id: 'router-address-taken',
  side: 'network',
  title: "Another device has the router's address, and swallows what should go out",
  target: 'https://four.example.com/',
  shows: 'address-conflict',
  nearly: ['internet-down', 'dropped-on-path', 'gateway-unreachable', 'server-firewall', 'resolver-unreachable'],
  files: { hosts: '127.0.0.1\tlocalhost\n198.51.100.10\tfour.example.com\n' },
  break: [
    neighbour('twin', ['192.168.7.1/24'], { mac: MAC }),
    { do: 'sysctl', on: 'twin', settings: ['net.ipv4.ip_forward=0'] },
    {
      do: 'run',
      on: 'twin',
      line: [
        'nft',
        'add table inet t; add chain inet t input { type filter hook input priority 0; }; add rule inet t input meta l4proto tcp drop',
      ],
    },
    ip('device', `neigh replace 192.168.7.1 lladdr ${MAC} dev eth0 nud permanent`),
  ],
  expect: {
    root: failed('address-conflict', {
      side: 'local-network',
      certainty: { atLeast: 'proven' },
      culprit: { address: '192.168.7.1', name: new RegExp(MAC) },
      innocent: ['internet-down', 'gateway-unreachable', 'dropped-on-path'],
    }),
    user: {
      anyOf: [
        undetermined([], { innocent: ['server-firewall'] }),
        failed(['internet-down', 'gateway-unreachable', 'dropped-on-path'], { certainty: { atMost: 'likely' } }),
      ],
    },
  },
  needs: ['macvlan', 'nft'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
