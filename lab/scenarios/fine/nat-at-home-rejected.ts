import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'nat-at-home-rejected',
  side: 'fine',
  title: 'Behind a home router that translates addresses, the provider prohibits HTTPS',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  break: [filterRule('provider', 'forward', 'tcp dport 443 reject with icmpx admin-prohibited')],
  distractors: [
    nft(
      'home',
      `table ip nat { chain out { type nat hook postrouting priority srcnat; policy accept; oifname "wan" masquerade; }; }\n`,
    ),
  ],
  expect: both(
    failed('rejected-by-hop', { side: 'path', ...sure, culprit: { kind: 'hop', address: ADDRESS.provider } }),
  ),
  needs: ['nft'],
});
