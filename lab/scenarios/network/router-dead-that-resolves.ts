import { failed, both, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// As in most homes: the router is the name server too. Found by a hunt: it was called the internet's fault.
export default scenario({
  id: 'router-dead-that-resolves',
  side: 'network',
  title: 'The home router, which is the name server too, answers nobody any more; the cable is in',
  target: 'https://four.example.com/',
  shows: 'gateway-unreachable',
  nearly: ['resolver-unreachable', 'internet-down', 'network-down'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
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
