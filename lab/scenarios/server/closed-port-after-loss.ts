import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'closed-port-after-loss',
  side: 'server',
  title: 'The first packet is lost, and every later one meets a closed port',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['momentary-glitch', 'server-firewall'],
  break: [],
  distractors: [
    filterRule('provider', 'forward', 'tcp dport 8443 numgen inc mod 1000000 < 1 drop', { labelText: 'numgen inc' }),
  ],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely, innocent: ['momentary-glitch'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['momentary-glitch'] }),
        undetermined(['nothing-listening'], { innocent: ['momentary-glitch'] }),
      ],
    },
  },
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
