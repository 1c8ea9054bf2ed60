import { both, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'nat-at-home',
  side: 'fine',
  title: 'The home router translates addresses, as nearly every one does',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  break: [],
  distractors: [
    nft(
      'home',
      `table ip nat { chain out { type nat hook postrouting priority srcnat; policy accept; oifname "wan" masquerade; }; }\n`,
    ),
  ],
  expect: both(reachable),
  needs: ['nft'],
});
