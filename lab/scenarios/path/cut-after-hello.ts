import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'cut-after-hello',
  side: 'path',
  title: 'The provider lets connections to this server open and resets them as soon as anything is said',
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['server-closes-at-once', 'sni-filtered', 'server-overloaded'],
  break: [
    iptables(
      'provider',
      `-A FORWARD -p tcp -d ${ADDRESS.server} --dport 443 --tcp-flags PSH PSH -j REJECT --reject-with tcp-reset`,
    ),
  ],
  expect: both(
    failed('reset-injected', {
      side: 'path',
      stage: 'tls',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['server-closes-at-once', 'sni-filtered', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
