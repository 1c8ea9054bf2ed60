import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// What a queue that overflows between the steps of the handshake looks like: the connection stands on one side only.
export default scenario({
  id: 'accepted-then-nothing',
  side: 'server',
  title: 'The server answers the first packet, and takes nothing after it',
  target: 'http://four.example.com/',
  shows: 'server-overloaded',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  break: [
    filterRule('server', 'input', 'tcp dport 80 tcp flags & (syn|ack) == ack drop', { labelText: 'tcp dport 80' }),
  ],
  expect: both({
    anyOf: [
      failed('server-overloaded', { side: 'server', certainty: { atMost: 'likely' } }),
      undetermined(['server-overloaded']),
    ],
  }),
  needs: ['nft'],
});
