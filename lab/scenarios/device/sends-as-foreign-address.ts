import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// A dead line looks the same from here: near miss path/internet-down.
export default scenario({
  id: 'sends-as-foreign-address',
  side: 'device',
  title:
    "The default route has this device send under an address that is not of its router's network: no answer finds back",
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['gateway-unreachable', 'resolver-unreachable'],
  break: [ip('device', 'addr add 10.77.0.5/32 dev eth0', 'route replace default via 192.168.7.1 src 10.77.0.5')],
  expect: both(
    failed('internet-down', {
      ...onlyLikely,
      evidence: /bears 10\.77\.0\.5 as its sender/,
      innocent: ['gateway-unreachable'],
    }),
  ),
});
