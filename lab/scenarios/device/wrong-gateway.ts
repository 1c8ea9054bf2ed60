import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'wrong-gateway',
  side: 'device',
  title: 'The default route leads to an address where nobody is',
  target: 'https://four.example.com/',
  shows: 'gateway-unreachable',
  nearly: ['host-down', 'internet-down'],
  break: [ip('device', 'route replace default via 192.168.7.99')],
  expect: both(
    failed('gateway-unreachable', {
      side: ['this-device', 'local-network'],
      ...likely,
      culprit: { address: '192.168.7.99' },
      innocent: ['host-down', 'internet-down', 'resolver-unreachable'],
    }),
  ),
});
