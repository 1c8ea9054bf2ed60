import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-other-sender-has-no-way',
  side: 'device',
  title: 'Asked from outside: a rule of routing forbids what bears another address than that of this device',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['no-route', 'local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [ip('device', 'rule add from 10.8.0.2 to 198.51.100.0/24 prohibit')],
  expect: {
    root: reachable,
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
});
