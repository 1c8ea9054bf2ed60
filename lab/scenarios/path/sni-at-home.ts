import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Parental controls of home routers.
export default scenario({
  id: 'sni-at-home',
  side: 'path',
  title: 'The router at home resets connections in which TLS is opened for this name',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'local-firewall'],
  break: [
    iptables(
      'home',
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('sni-filtered', {
      side: 'local-network',
      stage: 'tls',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'hop', address: ADDRESS.home },
      innocent: ['server-closes-at-once', 'local-firewall', 'reset-injected'],
    }),
  ),
  needs: ['iptables-nft'],
});
