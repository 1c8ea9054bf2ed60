import { both, failed, scenario, sure } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';

export default scenario({
  id: 'openvpn-killed',
  side: 'device',
  title:
    'OpenVPN stood in the place of the default route and was killed: the tunnel went, and nobody put the old route back',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['network-down', 'vpn-blocks'],
  break: openVpn({ redirect: 'instead', killed: true }),
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: 'no IPv4 default route' },
      innocent: ['network-down'],
    }),
  ),
  needs: ['openvpn', 'tun'],
});
