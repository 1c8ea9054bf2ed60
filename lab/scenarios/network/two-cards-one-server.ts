import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour } from '../../world/steps.js';

// A Linux server with two cards on one network answers on both for each of its addresses (arp_ignore 0): two hardware
// addresses, one device.
export default scenario({
  id: 'two-cards-one-server',
  side: 'network',
  title: 'A server with two cards on the network answers by both, and its port is closed',
  target: 'http://192.168.7.30:8080/',
  shows: 'nothing-listening',
  nearly: ['address-conflict', 'host-down'],
  break: [
    neighbour('other', ['192.168.7.30/24'], { mac: '02:00:00:00:30:01' }),
    ip(
      'other',
      'link add link other name second type macvlan mode bridge',
      'link set second up',
      'addr add 192.168.7.31/24 dev second',
    ),
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
