import { both, failed, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { neighbour } from '../../world/steps.js';
import { companyVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'tunnel-over-home-network',
  side: 'device',
  title: "The VPN takes a part of the home network's own addresses: a printer there is looked for in the tunnel",
  target: '192.168.7.40:22',
  shows: 'subnet-overlap',
  nearly: ['host-down', 'vpn-blocks', 'server-firewall'],
  break: [
    neighbour('other', ['192.168.7.40/24'], { services: [ssh()] }),
    ...companyVpn({ allowed: ['10.8.0.0/24', '192.168.7.32/27'], routes: ['192.168.7.32/27'] }),
  ],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /192\.168\.7\.32\/27 dev wg0/ },
      innocent: ['host-down', 'vpn-blocks', 'local-firewall'],
    }),
  ),
  needs: ['wireguard', 'tun', 'macvlan'],
});
