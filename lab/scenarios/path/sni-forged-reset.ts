import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// As on-path filters do: they see a copy of what goes by, and their reset is there before the server's answer.
export default scenario({
  id: 'sni-forged-reset',
  side: 'path',
  title: 'The provider lets everything by and forges a reset to both ends when it reads this name',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'reset-injected'],
  break: [
    iptables(
      'provider',
      `-t mangle -A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j TEE --gateway ${ADDRESS.edge}`,
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      certainty: { atLeast: 'proven' },
      innocent: ['server-closes-at-once', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
