import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour, sysctl } from '../../world/steps.js';

// The router stands in for an address behind it (proxy ARP) that a device of the network has too: it is asked by everybody,
// and only one of the two says that the address is its own.
export default scenario({
  id: 'router-answers-for-others',
  side: 'network',
  title: 'A router answers for every address of the network, and the port of the device itself is closed',
  target: 'http://192.168.7.30:8080/',
  shows: 'nothing-listening',
  nearly: ['address-conflict', 'host-down'],
  break: [
    neighbour('other', ['192.168.7.30/24'], { mac: '02:00:00:00:30:01' }),
    sysctl('home', 'net.ipv4.conf.lan.proxy_arp=1', 'net.ipv4.neigh.lan.proxy_delay=0'),
    ip('home', 'route add 192.168.7.30/32 via 203.0.113.1'),
    ip('device', 'neigh replace 192.168.7.30 lladdr 02:00:00:00:30:01 dev eth0 nud reachable'),
  ],
  expect: both({
    anyOf: [
      failed('nothing-listening', { certainty: { atMost: 'likely' }, innocent: ['address-conflict'] }),
      undetermined(['nothing-listening'], { innocent: ['address-conflict'] }),
    ],
  }),
  needs: ['macvlan'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
