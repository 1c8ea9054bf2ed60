import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'docker-subnet-overlap',
  side: 'device',
  title: "Docker's own network has the addresses of the office, and hides a server of it",
  target: '172.17.5.10:80',
  shows: 'subnet-overlap',
  nearly: ['host-down', 'containers-not-connected'],
  break: [
    ip('server', 'addr add 172.17.5.10/16 dev eth0'),
    ip('edge', 'route add 172.17.0.0/16 dev servers'),
    ip('provider', 'route add 172.17.0.0/16 via 203.0.113.9'),
    ip('device', 'link add docker0 type bridge', 'addr add 172.17.0.1/16 dev docker0', 'link set docker0 up'),
  ],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /172\.17\.0\.0\/16 dev docker0/ },
      innocent: ['host-down', 'gateway-unreachable'],
    }),
  ),
  needs: ['bridge'],
});
