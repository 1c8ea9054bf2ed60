import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Both answers are true, each at its time: none of them may be given as the answer.
export default scenario({
  id: 'inbound-limited-rate',
  side: 'device',
  title: 'Asked from outside: the rules let in so many a minute and drop the rest',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'client-banned'],
  services: { device: [http(undefined, 8080)] },
  break: [filterRule('device', 'input', 'tcp dport 8080 ct state new limit rate over 2/minute burst 1 packets drop')],
  expect: both(undetermined(['local-firewall'], { innocent: ['nothing-listening', 'client-banned'] })),
  needs: ['nft'],
});
