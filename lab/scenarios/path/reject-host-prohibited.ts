import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-host-prohibited',
  side: 'path',
  title: 'A hop says "host prohibited"',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['host-down'],
  break: [
    filterRule('edge', 'forward', `ip daddr ${ADDRESS.server} reject with icmp host-prohibited`, {
      labelText: 'host-prohibited',
    }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.edge },
      innocent: ['host-down'],
    }),
  ),
  needs: ['nft'],
});
