import { both, reachable, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'mtu-small-and-said',
  side: 'fine',
  title: 'A link of the way carries 1400 bytes, and its routers say so',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['path-mtu-blackhole'],
  break: [ip('provider', 'link set core mtu 1400'), ip('edge', 'link set uplink mtu 1400')],
  expect: both(reachable),
});
