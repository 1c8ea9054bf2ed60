import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { labProgram } from '../../world/places.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'tunnel-carries-nothing',
  side: 'device',
  title: 'A VPN is up, holds the default route, and its other end is gone',
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  break: [
    {
      do: 'daemon',
      on: 'device',
      line: ['python3', labProgram('swallowing-tunnel.py'), 'wg-mullvad'],
      ready: { says: 'ready' },
    },
    ip(
      'device',
      'addr add 10.64.0.2/32 dev wg-mullvad',
      'link set wg-mullvad up',
      'route replace default dev wg-mullvad',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'wg-mullvad', owner: 'Mullvad' },
      innocent: ['dropped-on-path', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['tun'],
});
