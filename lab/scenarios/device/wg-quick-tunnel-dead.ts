import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { wholeVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'wg-quick-tunnel-dead',
  side: 'device',
  title: 'WireGuard takes everything by a rule for what does not bear its mark (wg-quick), and its other end is off',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  break: wholeVpn({ gone: true }),
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'wg0' },
      innocent: ['dropped-on-path', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['wireguard', 'tun'],
});
