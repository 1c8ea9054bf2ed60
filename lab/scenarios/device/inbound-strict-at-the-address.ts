import { reachable, scenario, onlyLikely, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ip, sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-strict-at-the-address',
  side: 'device',
  title: 'Asked from outside: the way back leads by another interface, and that of the address is strict about it',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'no-route',
  nearly: ['reachable'],
  services: { device: [http(undefined, 8080)] },
  break: [
    sysctl('device', 'net.ipv4.conf.all.rp_filter=1'),
    ip(
      'device',
      'link add n1 type veth peer n2',
      'link set n1 up',
      'link set n2 up',
      'route add 198.51.100.0/24 dev n1',
    ),
  ],
  // By which interface they come is not known here: those that come by the other one get in.
  expect: { root: { ...reachable, ...onlyLikely }, user: undetermined(['local-firewall']) },
});
