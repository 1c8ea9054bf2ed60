import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'router-dead',
  side: 'network',
  title: "The home router's address answers nobody any more; the cable is in",
  target: 'https://four.example.com/',
  shows: 'gateway-unreachable',
  nearly: ['network-down', 'internet-down'],
  break: [ip('home', 'addr flush dev lan')],
  expect: both(
    failed('gateway-unreachable', {
      side: ['local-network', 'this-device'],
      ...likely,
      culprit: { address: ADDRESS.home },
      innocent: ['internet-down', 'resolver-unreachable', 'host-down'],
    }),
  ),
});
