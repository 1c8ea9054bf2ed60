import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'sni-reset',
  side: 'path',
  title: 'The provider resets connections in which TLS is opened for this name, wherever they lead',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'tls-version-mismatch', 'reset-injected'],
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['server-closes-at-once', 'tls-version-mismatch', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
