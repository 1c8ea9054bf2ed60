import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'arp-switched-off',
  side: 'device',
  title: 'ARP is switched off on the interface: nothing finds the router',
  target: 'https://198.51.100.10/',
  shows: 'network-down',
  nearly: ['gateway-unreachable', 'internet-down', 'dropped-on-path'],
  break: [ip('device', 'link set eth0 arp off')],
  expect: both(
    failed('network-down', {
      side: 'this-device',
      ...likely,
      innocent: ['gateway-unreachable', 'internet-down'],
    }),
  ),
});
