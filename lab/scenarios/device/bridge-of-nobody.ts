import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'bridge-of-nobody',
  side: 'device',
  title: 'A machine on a bridge with public addresses is off; nowhere else does anybody have its address',
  target: '198.51.100.200:443',
  shows: 'host-down',
  nearly: ['subnet-overlap'],
  break: [ip('device', 'link add virbr7 type bridge', 'addr add 198.51.100.129/25 dev virbr7', 'link set virbr7 up')],
  expect: both(failed('host-down', { ...onlyLikely, innocent: ['subnet-overlap'] })),
  needs: ['bridge'],
});
