import { both, failed, scenario, sure } from '../../scenario.js';
import { ip, ip6 } from '../../world/steps.js';

export default scenario({
  id: 'table-of-nobody-refuses',
  side: 'device',
  title: 'Whatever bears no mark is led to a table of nobody known, whose only line throws it away (IPv6 alike)',
  target: 'https://[2001:db8:100::10]/',
  shows: 'no-route',
  nearly: ['vpn-blocks', 'local-firewall'],
  break: [
    ip6('device', 'rule add not fwmark 0x17 lookup 171 pref 71', 'route add blackhole default table 171'),
    ip('device', 'rule add not fwmark 0x17 lookup 171 pref 71', 'route add unreachable default table 171'),
  ],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /blackhole default/, location: 'table 171' },
      evidence: /71:.*fwmark 0x17 lookup 171/,
      innocent: ['vpn-blocks', 'local-firewall'],
    }),
  ),
});
