import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-nothing-listens',
  side: 'device',
  title: 'Asked from outside: nobody listens on that port, somebody on its neighbour',
  target: '8081',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  ),
});
