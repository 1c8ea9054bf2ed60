import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { companyVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'docker-hides-vpn',
  side: 'device',
  title: "A VPN by WireGuard leads to the office, and Docker's own network has the addresses of one of its servers",
  target: '172.17.5.10:80',
  shows: 'subnet-overlap',
  nearly: ['vpn-blocks', 'host-down'],
  break: [
    ...companyVpn({ allowed: ['10.8.0.0/24', '172.16.0.0/12'], routes: ['172.16.0.0/12'] }),
    ip('server', 'addr add 172.17.5.10/16 dev eth0'),
    ip('edge', 'route add 172.17.0.0/16 dev servers'),
    ip('device', 'link add docker0 type bridge', 'addr add 172.17.0.1/16 dev docker0', 'link set docker0 up'),
  ],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'route', name: /172\.17\.0\.0\/16 dev docker0/ },
      innocent: ['host-down', 'vpn-blocks'],
    }),
  ),
  needs: ['wireguard', 'tun', 'bridge'],
});
