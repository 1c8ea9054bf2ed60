import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// As networks do that want their own name server used. Everything else gets out, but nothing that needs a name. Found by a
// hunt: it was called the internet's fault.
export default scenario({
  id: 'router-forbids-other-resolvers',
  side: 'names',
  title: 'The home router forbids all questions for names, and says so; everything else it forwards',
  target: 'https://shop.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['internet-down', 'resolver-unreachable'],
  break: [
    filterRule('home', 'forward', 'meta l4proto { tcp, udp } th dport 53 reject with icmpx admin-prohibited', {
      labelText: 'reject',
    }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'local-network',
      stage: 'name',
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.home },
      innocent: ['internet-down', 'resolver-unreachable', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
