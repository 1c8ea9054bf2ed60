import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-makes-it-own',
  side: 'device',
  title: "A route makes the server's network this device's own: nobody here listens, and the server is not even asked",
  target: 'https://four.example.com/',
  shows: 'subnet-overlap',
  nearly: ['nothing-listening', 'server-firewall'],
  break: [ip('device', 'route add local 198.51.100.0/24 dev lo')],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'route', name: /^local 198\.51\.100\.0\/24/ },
      innocent: ['nothing-listening', 'server-firewall'],
    }),
  ),
});
