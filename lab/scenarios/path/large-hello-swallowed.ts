import { both, reachable, scenario } from '../../scenario.js';
import { readsFirstPacketOnly, realSegments } from '../../world/first-segment.js';

export default scenario({
  id: 'large-hello-swallowed',
  side: 'path',
  title: 'A filter of the provider swallows each TLS hello that does not fit into one packet, as those of browsers',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'large-hello-blocked',
  nearly: ['sni-filtered', 'path-mtu-blackhole', 'dropped-on-path'],
  break: [realSegments, readsFirstPacketOnly('provider', 'DROP')],
  expect: both({
    ...reachable,
    also: ['large-hello-blocked'],
    innocent: ['sni-filtered', 'path-mtu-blackhole', 'local-firewall', 'packet-loss'],
  }),
  needs: ['iptables-nft'],
});
