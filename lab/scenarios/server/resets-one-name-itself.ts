import { both, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// The id of its resets is 0, as of those that filters forge, while its other packets are numbered; the hop limit is its own.
export default scenario({
  id: 'resets-one-name-itself',
  side: 'server',
  title: "The server's own firewall resets connections for one name: its resets look much like forged ones",
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['sni-filtered', 'reset-injected'],
  break: [
    iptables(
      'server',
      '-A INPUT -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(undetermined(['sni-filtered'], { innocent: ['local-firewall', 'reset-injected'] })),
  needs: ['iptables-nft'],
});
