import { both, failed, likely, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-route-said-every-sixth-time',
  side: 'path',
  title: 'The provider has no route, and says so of every sixth packet only',
  target: 'https://four.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['dropped-on-path', 'server-firewall', 'host-down', 'packet-loss'],
  break: [ip('provider', 'route del 198.51.100.0/24')],
  distractors: [
    filterRule('provider', 'output', 'icmp type destination-unreachable numgen inc mod 6 != 5 drop', {
      labelText: 'icmp type',
    }),
  ],
  expect: both({
    anyOf: [
      failed('unreachable-by-hop', { side: 'path', ...likely, culprit: { kind: 'hop', address: ADDRESS.provider } }),
      // Nothing that was sent to the server was told, only what was sent elsewhere.
      undetermined(['dropped-on-path']),
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
