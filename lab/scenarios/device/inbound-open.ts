import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-open',
  side: 'device',
  title: 'Asked from outside: a program listens, and no rule keeps anybody out',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['nothing-listening', 'local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  expect: {
    root: reachable,
    // Rules cannot be read: that there are none is not known.
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
});
