import { reachable, scenario, undetermined } from '../../scenario.js';
import { listening } from '../../world/products.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-other-address',
  side: 'fine',
  title: 'Asked from outside: the program listens on the second address of this device alone',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['nothing-listening'],
  services: { device: [] },
  break: [],
  distractors: [ip('device', 'addr add 192.168.7.21/24 dev eth0'), listening('device', '192.168.7.21:8080')],
  expect: { root: { ...reachable, evidence: /192\.168\.7\.21:8080/ }, user: undetermined(['local-firewall']) },
});
