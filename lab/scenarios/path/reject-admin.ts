import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-admin',
  side: 'path',
  title: 'The provider\'s router says "administratively prohibited"',
  target: 'https://shop.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['server-firewall', 'unreachable-by-hop'],
  break: [filterRule('provider', 'forward', 'tcp dport 443 reject with icmpx admin-prohibited')],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.provider },
    }),
  ),
  needs: ['nft'],
});
