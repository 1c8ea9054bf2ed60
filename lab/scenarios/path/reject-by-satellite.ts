import { both, failed, scenario, sure } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-by-satellite',
  side: 'path',
  title: 'Behind a satellite a router prohibits HTTPS',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['dropped-on-path', 'server-firewall'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 reject with icmp admin-prohibited', {
      family: 'ip',
      labelText: 'tcp dport',
    }),
  ],
  distractors: [...slowLine('home', { delayMs: 300 })],
  expect: both(
    failed('rejected-by-hop', { side: 'path', ...sure, culprit: { kind: 'hop', address: ADDRESS.provider } }),
  ),
  needs: ['nfqueue', 'nft'],
});
