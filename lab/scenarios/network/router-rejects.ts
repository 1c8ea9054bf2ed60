import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'router-rejects',
  side: 'network',
  title: 'The home router prohibits HTTPS (parental control)',
  target: 'https://shop.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['local-firewall', 'server-firewall'],
  break: [filterRule('home', 'forward', 'tcp dport 443 reject with icmpx admin-prohibited')],
  expect: both(
    failed('rejected-by-hop', {
      side: 'local-network',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.home },
      innocent: ['local-firewall'],
    }),
  ),
  needs: ['nft'],
});
