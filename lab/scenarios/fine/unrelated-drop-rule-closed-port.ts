import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'unrelated-drop-rule-closed-port',
  side: 'fine',
  title: 'The port is closed; an unrelated rule on this device drops other things',
  target: 'https://shop.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [],
  distractors: [
    filterRule('device', 'output', 'tcp dport { 25, 444 } drop\n  ip daddr 192.0.2.99 drop', {
      labelText: 'tcp dport {',
    }),
  ],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely, innocent: ['local-firewall'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['local-firewall'] }),
        undetermined(['nothing-listening'], { innocent: ['local-firewall'] }),
      ],
    },
  },
  needs: ['nft'],
});
