import { both, failed, scenario, sure } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-file-from-windows',
  side: 'names',
  title: 'The lines of the resolver file end as those of Windows do, and none of them counts',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.resolver}\r\n` },
  break: [],
  expect: both(
    failed('no-dns-configured', { side: 'this-device', stage: 'name', ...sure, evidence: /as those of Windows/ }),
  ),
});
