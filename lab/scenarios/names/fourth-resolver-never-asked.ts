import { both, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'fourth-resolver-never-asked',
  side: 'names',
  title: 'Four name servers are listed, three of them do not answer; the system asks no more than three',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['name-does-not-exist', 'no-dns-configured'],
  files: {
    resolvConf: `nameserver ${ADDRESS.home}\nnameserver ${ADDRESS.provider}\nnameserver ${ADDRESS.edge}\nnameserver ${ADDRESS.resolver}\noptions timeout:1 attempts:1 rotate\n`,
  },
  break: [],
  expect: both(
    failed('resolver-unreachable', {
      stage: 'name',
      evidence: /203\.0\.113\.53 \(\/etc\/resolv\.conf:4\) is never asked/,
      innocent: ['name-does-not-exist', 'no-dns-configured'],
    }),
  ),
});
