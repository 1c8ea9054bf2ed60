import { failed, likely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reset-and-reject-both',
  side: 'device',
  title: 'One family is dropped here, the other rejected here: one table is to blame for both',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  break: [
    nft(
      'device',
      `table inet lab {
    chain out { type filter hook output priority 0; policy accept; ip daddr ${ADDRESS.server} tcp dport 443 drop; ip6 daddr ${ADDRESS.server6} tcp dport 443 reject; }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'lab', chain: 'out' } },
    }),
    user: failed('local-firewall', { side: 'this-device', ...likely }),
  },
  needs: ['nft'],
});
