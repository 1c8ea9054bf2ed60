import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Two hops away, where the server is four: the reset comes with another hop limit than what its open port 80 sends.
export default scenario({
  id: 'provider-resets',
  side: 'path',
  title: "The provider's router answers for this server's HTTPS with a reset in its name; its port 80 is open",
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening', 'server-firewall', 'server-closes-at-once'],
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 reject with tcp reset`, {
      labelText: 'tcp dport 443',
    }),
  ],
  expect: both({
    anyOf: [
      failed('reset-injected', {
        side: ['path', 'local-network'],
        certainty: { atMost: 'likely' },
        innocent: ['nothing-listening', 'local-firewall'],
      }),
      undetermined(['reset-injected'], { innocent: ['nothing-listening', 'local-firewall'] }),
    ],
  }),
  needs: ['nft'],
});
