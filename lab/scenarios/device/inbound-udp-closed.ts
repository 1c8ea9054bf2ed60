import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'inbound-udp-closed',
  side: 'device',
  title: 'Asked for UDP: a program has that port by TCP only',
  target: '8080',
  arguments: ['inbound', '--proto', 'udp'],
  shows: 'nothing-listening',
  services: { device: [http(undefined, 8080)] },
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  ),
});
