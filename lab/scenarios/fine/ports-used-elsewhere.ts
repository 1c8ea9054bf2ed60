import { ADDRESS } from '../../world/topology.js';
import { both, reachable, scenario } from '../../scenario.js';
import { hold } from '../../world/products.js';
import { sysctl } from '../../world/steps.js';

// A local port serves one connection to each place: those to another port of the server take nothing away.
export default scenario({
  id: 'ports-used-elsewhere',
  side: 'fine',
  title: 'All local ports are in use towards another port of the same server',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['ephemeral-ports-exhausted'],
  break: [sysctl('device', 'net.ipv4.ip_local_port_range=40000 40029'), hold('device', ADDRESS.server, 80, 30)],
  expect: both(reachable),
});
