import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'firewall-resets',
  side: 'server',
  title: "The server's firewall resets: from outside it looks like a closed port",
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['nothing-listening'],
  break: [filterRule('server', 'input', 'tcp dport 443 reject with tcp reset', { labelText: 'tcp dport 443' })],
  expect: both({
    anyOf: [
      undetermined(['server-firewall']),
      failed('server-firewall', { side: 'server', certainty: { atMost: 'likely' } }),
      // Not to be told from a closed port without privileges: likely at most, never surer.
      failed('nothing-listening', { side: 'server', certainty: { atMost: 'likely' } }),
    ],
  }),
  needs: ['nft'],
});
