import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dropped-port-far-away',
  side: 'path',
  title: 'A router drops HTTPS to a server 300 ms away; its other ports answer',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'packet-loss', 'host-down'],
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 drop`, { labelText: 'ip daddr' }),
  ],
  distractors: [...slowLine('edge', { delayMs: 150 })],
  expect: both(
    failed('dropped-on-path', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['host-down', 'local-firewall', 'packet-loss', 'server-firewall'],
    }),
  ),
  needs: ['nfqueue', 'nft'],
});
