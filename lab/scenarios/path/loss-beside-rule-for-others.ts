import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'loss-beside-rule-for-others',
  side: 'path',
  title: 'Most packets get lost beside the server, and a rule of this device throws away some for another port',
  target: 'https://four.example.com/',
  shows: 'packet-loss',
  nearly: ['local-firewall'],
  break: [filterRule('edge', 'forward', 'meta l4proto tcp numgen random mod 100 < 60 drop', { labelText: 'numgen' })],
  distractors: [
    filterRule('device', 'output', 'tcp dport 8443 numgen random mod 100 < 70 drop', { labelText: 'numgen' }),
  ],
  expect: both({
    anyOf: [
      { outcome: 'failed', cause: 'packet-loss', innocent: ['local-firewall'], innocentText: ['8443'] },
      { outcome: 'degraded', cause: 'packet-loss', innocent: ['local-firewall'], innocentText: ['8443'] },
      undetermined([], { innocent: ['server-firewall', 'dropped-on-path', 'local-firewall', 'host-down'] }),
      { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
