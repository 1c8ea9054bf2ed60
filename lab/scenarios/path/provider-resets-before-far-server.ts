import { both, failed, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The reset comes at once, and what the server's own ports say a whole long way later.
export default scenario({
  id: 'provider-resets-before-far-server',
  side: 'path',
  title: "The provider's router resets this server's HTTPS in its name; the server itself is 80 ms farther away",
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening', 'server-firewall', 'server-closes-at-once'],
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 reject with tcp reset`, {
      labelText: 'tcp dport 443',
    }),
  ],
  distractors: [...slowLine('edge', { delayMs: 40 })],
  expect: both(
    failed('reset-injected', {
      side: ['path', 'local-network'],
      certainty: { atMost: 'likely' },
      innocent: ['nothing-listening', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['nft', 'nfqueue'],
});
