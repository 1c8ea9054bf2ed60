import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Unprivileged, a packet with a TTL of 1 is still refused: no other machine was asked.
export default scenario({
  id: 'output-reject-reset',
  side: 'device',
  title: 'An nft rule answers our own packets with a reset: it looks like a closed port',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'connection-redirected'],
  break: [
    filterRule('device', 'output', 'meta l4proto tcp tcp dport 443 reject with tcp reset', {
      labelText: 'tcp dport 443',
    }),
  ],
  expect: localFirewall({ handleOf: 'block', chain: 'output' }),
  needs: ['nft'],
});
