import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-net-prohibited',
  side: 'path',
  title: 'A hop says "network prohibited": the same errno as no route at all',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['unreachable-by-hop', 'no-route'],
  break: [
    filterRule('provider', 'forward', 'ip daddr 198.51.100.0/24 reject with icmp net-prohibited', {
      labelText: 'net-prohibited',
    }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['no-route'],
    }),
  ),
  needs: ['nft'],
});
