import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { netmaskOf } from '../../world/wide-netmask.js';

export default scenario({
  id: 'netmask-hides-server',
  side: 'device',
  title: 'The netmask is 255.0.0.0 in place of 255.255.255.0: a server outside is looked for on the own network',
  target: `https://${ADDRESS.reference}/`,
  shows: 'subnet-overlap',
  nearly: ['host-down', 'internet-down'],
  break: [netmaskOf(8)],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      stage: 'route',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'eth0', address: '192.168.7.20/8' },
      innocent: ['host-down', 'internet-down', 'gateway-unreachable'],
    }),
  ),
});
