import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { wholeVpn } from '../../world/wireguard.js';

// The near miss of a tunnel that a rule cuts off: the rule is about another end.
export default scenario({
  id: 'wireguard-dead-beside-rule',
  side: 'device',
  title: "WireGuard's other end is off; a rule of this computer drops what goes to another WireGuard",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall', 'no-route'],
  break: wholeVpn({ gone: true }),
  distractors: [filterRule('device', 'output', 'ip daddr 203.0.113.77 udp dport 51820 drop')],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'wg0' },
      innocent: ['local-firewall', 'no-route', 'dropped-on-path', 'server-firewall'],
    }),
  ),
  needs: ['wireguard', 'tun', 'nft'],
});
