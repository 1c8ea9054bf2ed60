import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-ipv6-prohibited',
  side: 'path',
  title: 'A hop prohibits IPv6 traffic to the server; the name has only IPv6',
  target: 'https://six.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['no-route'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 reject with icmpv6 admin-prohibited', {
      family: 'ip6',
      labelText: 'tcp dport 443',
    }),
  ],
  expect: both(
    failed('rejected-by-hop', { side: 'path', ...sure, culprit: { kind: 'hop', address: ADDRESS.provider6 } }),
  ),
  needs: ['nft'],
});
