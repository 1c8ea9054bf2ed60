import { both, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';
import { netmaskOf } from '../../world/wide-netmask.js';

export default scenario({
  id: 'wide-network-resolver-off',
  side: 'names',
  title: 'A network that really is 255.255.0.0, whose name server is off',
  target: 'https://four.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['subnet-overlap', 'gateway-unreachable'],
  files: { resolvConf: 'nameserver 192.168.53.53\n' },
  break: [ip('home', `addr del ${ADDRESS.home}/24 dev lan`, `addr add ${ADDRESS.home}/16 dev lan`), netmaskOf(16)],
  expect: both(undetermined(['subnet-overlap', 'resolver-unreachable'])),
});
