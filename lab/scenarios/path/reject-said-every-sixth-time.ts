import { both, failed, likely, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'reject-said-every-sixth-time',
  side: 'path',
  title: 'The provider prohibits HTTPS, and says so of every sixth packet only',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['dropped-on-path', 'server-firewall', 'packet-loss', 'unreachable-by-hop'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 reject with icmp admin-prohibited', {
      family: 'ip',
      labelText: 'tcp dport 443',
    }),
  ],
  distractors: [
    filterRule('provider', 'output', 'icmp type destination-unreachable numgen inc mod 6 != 5 drop', {
      table: 'quiet',
      labelText: 'icmp type',
    }),
  ],
  expect: both({
    anyOf: [
      failed('rejected-by-hop', { side: 'path', ...likely, culprit: { kind: 'hop', address: ADDRESS.provider } }),
      undetermined(['dropped-on-path']),
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
