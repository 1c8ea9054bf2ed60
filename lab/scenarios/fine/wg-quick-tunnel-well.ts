import { both, reachable, scenario } from '../../scenario.js';
import { wholeVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'wg-quick-tunnel-well',
  side: 'fine',
  title: 'WireGuard takes everything by a rule for what does not bear its mark (wg-quick), and works',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['vpn-blocks'],
  break: wholeVpn(),
  expect: both(reachable),
  needs: ['wireguard', 'tun'],
});
