import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { OFFICE, officeVpn } from '../../world/openvpn-tls.js';

export default scenario({
  id: 'openvpn-took-default',
  side: 'device',
  title:
    'OpenVPN (with certificates) stood in the place of the default route and was killed; the route to its server is left',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['no-route', 'network-down'],
  break: officeVpn({ end: 'SIGKILL' }),
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'route', owner: 'OpenVPN', location: `${OFFICE}:4` },
      innocent: ['network-down', 'local-firewall'],
    }),
  ),
  needs: ['openvpn', 'tun'],
});
