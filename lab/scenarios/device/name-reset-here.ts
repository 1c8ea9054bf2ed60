import { both, failed, likely, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'name-reset-here',
  side: 'device',
  title: "This computer's own firewall resets what opens TLS for this name",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['sni-filtered', 'reset-injected', 'server-closes-at-once'],
  break: [
    iptables(
      'device',
      '-A OUTPUT -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed(['local-firewall', 'app-policy'], {
      side: 'this-device',
      ...likely,
      innocent: ['sni-filtered', 'reset-injected', 'server-closes-at-once'],
    }),
  ),
  needs: ['iptables-nft'],
});
