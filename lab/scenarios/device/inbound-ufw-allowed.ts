import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-ufw-allowed',
  side: 'device',
  title: 'Asked from outside: ufw denies what comes in, and allows this port',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [ufw('device', 'allow 8080/tcp', 'deny 25/tcp')],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['ufw'],
});
