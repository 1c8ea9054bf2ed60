import { failed, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'kill-switch-in-ufw',
  side: 'device',
  title: 'ufw denies what goes out, but into tun0 and to the port of OpenVPN, as guides for VPNs have it; tun0 is gone',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall'],
  break: [
    ufw(
      'device',
      'default deny outgoing',
      'allow out on tun0',
      'allow out to 203.0.113.5 port 1194 proto udp',
      'allow out to 192.168.7.0/24',
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', owner: 'ufw', rule: { chain: 'OUTPUT' } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['ufw'],
});
