import { both, reachable, scenario } from '../../scenario.js';
import { readsFirstPacketOnly, realSegments } from '../../world/first-segment.js';

export default scenario({
  id: 'large-hello-reset',
  side: 'path',
  title: 'A filter of the provider resets each TLS hello that does not fit into one packet, as those of browsers',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'large-hello-blocked',
  nearly: ['sni-filtered', 'path-mtu-blackhole', 'server-closes-at-once'],
  break: [realSegments, readsFirstPacketOnly('provider', 'REJECT --reject-with tcp-reset')],
  expect: both({
    ...reachable,
    also: ['large-hello-blocked'],
    innocent: ['sni-filtered', 'path-mtu-blackhole', 'local-firewall', 'reset-injected'],
  }),
  needs: ['iptables-nft'],
});
