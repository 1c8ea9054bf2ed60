import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Three of five in each direction: one exchange of six succeeds. Mostly nothing opens in the time that is waited.
export default scenario({
  id: 'loss-of-most',
  side: 'path',
  title: 'Three of five packets to and from the server get lost beside it',
  target: 'https://four.example.com/',
  shows: 'packet-loss',
  nearly: ['server-firewall', 'dropped-on-path', 'host-down', 'server-not-responding', 'local-firewall'],
  break: [filterRule('edge', 'forward', 'meta l4proto tcp numgen random mod 100 < 60 drop', { labelText: 'numgen' })],
  expect: both({
    anyOf: [
      { outcome: 'failed', cause: 'packet-loss' },
      { outcome: 'degraded', cause: 'packet-loss' },
      // All ten of a row can be lost as well, though it is rare; then nobody can tell.
      undetermined([], { innocent: ['server-firewall', 'dropped-on-path', 'local-firewall', 'host-down'] }),
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
