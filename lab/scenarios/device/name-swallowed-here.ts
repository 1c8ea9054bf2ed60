import { both, failed, likely, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'name-swallowed-here',
  side: 'device',
  title: "This computer's own firewall drops what opens TLS for this name",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['sni-filtered', 'server-not-responding'],
  break: [iptables('device', '-A OUTPUT -p tcp --dport 443 -m string --string four.example.com --algo bm -j DROP')],
  expect: both(
    failed(['local-firewall', 'app-policy'], {
      side: 'this-device',
      ...likely,
      innocent: ['sni-filtered', 'server-not-responding', 'path-mtu-blackhole'],
    }),
  ),
  needs: ['iptables-nft'],
});
