import { ADDRESS } from '../../world/topology.js';
import { both, scenario, undetermined } from '../../scenario.js';
import { hanging, hold } from '../../world/products.js';

// A full queue drops what a firewall drops: from outside nobody can tell the two apart.
export default scenario({
  id: 'queue-full-there',
  side: 'server',
  title: 'The web service of the server hangs with a full queue; SSH answers',
  target: 'http://four.example.com:8080/',
  shows: 'server-overloaded',
  nearly: ['local-firewall', 'internet-down'],
  break: [hanging('server', `${ADDRESS.server}:8080`, 1), hold('server', ADDRESS.server, 8080, 2)],
  expect: both(undetermined(['server-firewall', 'dropped-on-path'], { innocent: ['local-firewall', 'internet-down'] })),
});
