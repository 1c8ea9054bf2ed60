import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'unrelated-drop-rule',
  side: 'fine',
  title: 'A firewall on this device drops other ports and other addresses',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['local-firewall'],
  break: [],
  distractors: [
    filterRule('device', 'output', 'tcp dport { 25, 8443 } drop\n  ip daddr 192.0.2.99 tcp dport 443 drop', {
      labelText: 'tcp dport {',
    }),
  ],
  expect: both({ ...reachable, innocent: ['local-firewall'] }),
  needs: ['nft'],
});
