import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'docker-address-of-nobody',
  side: 'device',
  title: "An address of Docker's own network that no container has, and nobody elsewhere either",
  target: '172.17.5.10:80',
  shows: 'host-down',
  nearly: ['subnet-overlap'],
  break: [ip('device', 'link add docker0 type bridge', 'addr add 172.17.0.1/16 dev docker0', 'link set docker0 up')],
  expect: both({
    anyOf: [
      failed(['host-down', 'network-down'], { innocent: ['subnet-overlap'] }),
      undetermined([], { innocent: ['subnet-overlap'] }),
    ],
  }),
  needs: ['bridge'],
});
