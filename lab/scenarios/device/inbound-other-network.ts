import { both, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-other-network',
  side: 'device',
  title: 'Asked from outside: a program listens on that port in another network of this machine, and is no container',
  target: '443',
  arguments: ['inbound', '--from', ADDRESS.home],
  shows: 'nothing-listening',
  nearly: ['port-not-published'],
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  ),
});
