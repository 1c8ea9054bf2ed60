import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Which packets are hit is chance: it may get through at once, late, or not at all. What must never be said is that
// somebody blocks it.
export default scenario({
  id: 'loss-of-a-third',
  side: 'path',
  title: 'One packet of three gets lost in the network of the provider, to all and from all',
  target: 'four.example.com:8022',
  shows: 'packet-loss',
  nearly: ['dropped-on-path', 'server-firewall', 'momentary-glitch', 'host-down'],
  services: { server: [{ kind: 'greeting', port: 8022, text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' }] },
  break: [
    filterRule('provider', 'forward', 'meta l4proto tcp numgen random mod 100 < 33 drop', { labelText: 'numgen' }),
  ],
  expect: both({
    anyOf: [
      { outcome: 'degraded', cause: 'packet-loss', side: 'path', innocent: ['dropped-on-path', 'server-firewall'] },
      { outcome: 'failed', cause: 'packet-loss', side: 'path', innocent: ['dropped-on-path', 'server-firewall'] },
      // The first packet got through: there was nothing to look into.
      { outcome: 'reachable', cause: 'reachable' },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
