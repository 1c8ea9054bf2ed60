import { both, scenario, undetermined } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'loss-of-four-fifths-back',
  side: 'path',
  title: 'Four of five answers of the server get lost beside it',
  target: 'https://four.example.com/',
  shows: 'packet-loss',
  nearly: ['server-firewall', 'dropped-on-path', 'host-down', 'local-firewall'],
  break: [
    filterRule('edge', 'forward', `ip saddr ${ADDRESS.server} numgen random mod 100 < 80 drop`, {
      labelText: 'numgen',
    }),
  ],
  distractors: [...slowLine('edge', { delayMs: 30 })],
  expect: both({
    anyOf: [
      { outcome: 'failed', cause: 'packet-loss' },
      { outcome: 'degraded', cause: 'packet-loss' },
      undetermined([], { innocent: ['server-firewall', 'dropped-on-path', 'local-firewall', 'host-down'] }),
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
    ],
  }),
  needs: ['nfqueue', 'nft', 'nft-numgen'],
  fresh: true,
});
