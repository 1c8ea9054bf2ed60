import { both, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// From outside it is the server or something right before it: nobody can tell, and no network may be blamed.
export default scenario({
  id: 'refuses-one-name',
  side: 'server',
  title: 'The server itself resets connections for this one name, and serves others at the same address',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['sni-filtered', 'reset-injected', 'server-closes-at-once'],
  break: [
    iptables(
      'server',
      '-A INPUT -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(undetermined([], { innocent: ['sni-filtered', 'reset-injected', 'local-firewall'] })),
  needs: ['iptables-nft'],
});
