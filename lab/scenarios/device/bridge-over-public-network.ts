import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'bridge-over-public-network',
  side: 'device',
  title: 'A bridge of virtual machines was given public addresses, and hides the server that really has one',
  target: 'https://four.example.com/',
  shows: 'subnet-overlap',
  nearly: ['host-down'],
  break: [ip('device', 'link add virbr7 type bridge', 'addr add 198.51.100.1/24 dev virbr7', 'link set virbr7 up')],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /198\.51\.100\.0\/24 dev virbr7/ },
      innocent: ['host-down', 'gateway-unreachable'],
    }),
  ),
  needs: ['bridge'],
});
