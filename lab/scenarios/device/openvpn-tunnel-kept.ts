import { both, failed, likely, scenario } from '../../scenario.js';
import { officeVpn } from '../../world/openvpn-tls.js';

export default scenario({
  id: 'openvpn-tunnel-kept',
  side: 'device',
  title:
    'OpenVPN was killed; its interface was made to last (openvpn --mktun) and still holds both halves of the default route',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'network-down'],
  break: officeVpn({ push: 'redirect-gateway def1', end: 'SIGKILL', lasting: true }),
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'interface', name: 'tun0', owner: 'OpenVPN' },
      innocent: ['internet-down', 'dropped-on-path', 'local-firewall'],
      evidence: /office\.conf sets OpenVPN up/,
    }),
  ),
  needs: ['openvpn', 'tun'],
});
