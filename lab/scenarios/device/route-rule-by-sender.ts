import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'route-rule-by-sender',
  side: 'device',
  title: 'A rule about the sender leads to a table that refuses; the main table has a way',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  break: [ip('device', 'route add prohibit 198.51.100.0/24 table 77', 'rule add from 192.168.7.20 lookup 77')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /^prohibit 198\.51\.100\.0\/24 table 77/ },
      innocent: ['gateway-unreachable', 'local-firewall', 'app-policy'],
    }),
  ),
});
