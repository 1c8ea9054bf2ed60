import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const innocent = ['local-firewall', 'nothing-listening', 'server-firewall'];

// No packet of few hops meets it and no other host is blocked: only the reset's own headers show that it is not the server's.
export default scenario({
  id: 'sni-reset-of-far-goers',
  side: 'path',
  title: 'A filter before the server resets this name, and looks only at packets that could go much farther',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'reset-injected'],
  break: [
    iptables(
      'edge',
      `-A FORWARD -p tcp -d ${ADDRESS.server} --dport 443 -m ttl --ttl-gt 30 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset`,
    ),
  ],
  expect: {
    root: failed('sni-filtered', { stage: 'tls', ...onlyLikely, evidence: /hop limit of/, innocent }),
    user: undetermined(['sni-filtered'], { innocent }),
  },
  needs: ['iptables-nft'],
});
