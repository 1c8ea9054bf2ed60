import { both, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// To this computer it looks like a dead line; to everybody else in the network nothing is amiss.
export default scenario({
  id: 'router-drops-this-device',
  side: 'network',
  title: 'The home router lets out everybody but this computer',
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['gateway-unreachable', 'resolver-unreachable', 'local-firewall'],
  break: [filterRule('home', 'forward', `ip saddr ${ADDRESS.device} drop`)],
  expect: both(
    failed('internet-down', {
      side: ['local-network', 'path'],
      certainty: { atLeast: 'likely', atMost: 'likely' },
      innocent: ['resolver-unreachable', 'gateway-unreachable', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
