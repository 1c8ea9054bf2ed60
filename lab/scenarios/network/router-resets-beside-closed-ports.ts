import { both, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ssh } from '../../world/internet.js';

// No port of the server is open to compare with; its closed ones refuse as well, from farther away. Found by a hunt.
export default scenario({
  id: 'router-resets-beside-closed-ports',
  side: 'network',
  title: "The home router answers with a reset in the server's name; the server's other ports are closed",
  target: 'http://four.example.com:8080/',
  shows: 'reset-injected',
  nearly: ['nothing-listening'],
  services: { server: [ssh(2222)] },
  break: [filterRule('home', 'forward', 'tcp dport 8080 reject with tcp reset', { labelText: 'tcp dport 8080' })],
  expect: both(
    failed('reset-injected', {
      side: ['local-network', 'path'],
      certainty: { atMost: 'likely' },
      innocent: ['nothing-listening'],
    }),
  ),
  needs: ['nft'],
});
