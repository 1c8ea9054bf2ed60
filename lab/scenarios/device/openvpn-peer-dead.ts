import { failed, likely, onlyLikely, scenario } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';

const verdict = {
  side: 'this-device',
  innocent: ['internet-down', 'dropped-on-path', 'server-firewall', 'local-firewall'],
} as const;

export default scenario({
  id: 'openvpn-peer-dead',
  side: 'device',
  title: 'OpenVPN holds everything by two halves of the default route (redirect-gateway def1), and its server is off',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  break: openVpn({ gone: true }),
  expect: {
    // Whose the tunnel is shows by the program that holds it: of others' programs root alone sees that.
    root: failed('vpn-blocks', {
      ...verdict,
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'tun0', owner: 'OpenVPN' },
    }),
    user: failed('vpn-blocks', { ...verdict, ...likely, culprit: { kind: 'interface', name: 'tun0' } }),
  },
  needs: ['openvpn', 'tun'],
});
