import { failed, scenario, undetermined } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { ip, neighbour } from '../../world/steps.js';

const MAC = '02:00:00:00:20:02';

export default scenario({
  id: 'own-address-taken',
  side: 'network',
  title: "Another device has this computer's own address, and the router sends every answer to that one",
  target: 'https://four.example.com/',
  shows: 'address-conflict',
  nearly: ['internet-down', 'dropped-on-path', 'gateway-unreachable', 'server-firewall'],
  files: { hosts: '127.0.0.1\tlocalhost\n198.51.100.10\tfour.example.com\n' },
  break: [
    neighbour('twin', [`${ADDRESS.device}/24`], { mac: MAC }),
    // The router's own card cannot reach a macvlan of its own: so it goes by another neighbour's card.
    ip(
      'home',
      'link add link lan name lan2 type macvlan mode bridge',
      'link set lan2 up',
      `route replace ${ADDRESS.device}/32 dev lan2`,
      `neigh replace ${ADDRESS.device} lladdr ${MAC} dev lan2 nud permanent`,
    ),
  ],
  expect: {
    root: failed('address-conflict', {
      side: 'local-network',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { address: ADDRESS.device, name: new RegExp(MAC) },
      innocent: ['dropped-on-path', 'server-firewall'],
    }),
    user: {
      anyOf: [
        undetermined([], { innocent: ['server-firewall'] }),
        failed(['internet-down', 'gateway-unreachable'], { certainty: { atMost: 'likely' } }),
      ],
    },
  },
  needs: ['macvlan'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
