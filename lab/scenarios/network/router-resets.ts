import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Its reset arrives with another distance than the server's other answers: the server did not send it.
export default scenario({
  id: 'router-resets',
  side: 'network',
  title: "The home router answers with a reset in the server's name",
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening'],
  break: [filterRule('home', 'forward', 'tcp dport 443 reject with tcp reset', { labelText: 'tcp dport 443' })],
  expect: both({
    anyOf: [
      failed(['reset-injected', 'rejected-by-hop'], {
        side: ['local-network', 'path'],
        innocent: ['nothing-listening'],
      }),
      undetermined(['reset-injected'], { innocent: ['nothing-listening'] }),
    ],
  }),
  needs: ['nft'],
});
