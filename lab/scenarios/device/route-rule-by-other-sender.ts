import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// Near miss of route-rule-by-sender: the rule is about another address of this device.
export default scenario({
  id: 'route-rule-by-other-sender',
  side: 'device',
  title: 'Nothing listens on that port of the server; a rule about another address of this device leads nowhere',
  target: 'https://198.51.100.10:8443/',
  shows: 'nothing-listening',
  nearly: ['no-route'],
  break: [
    ip(
      'device',
      'addr add 192.168.7.30/24 dev eth0',
      'route add prohibit 198.51.100.0/24 table 77',
      'rule add from 192.168.7.30 lookup 77',
    ),
  ],
  expect: both(failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['no-route'] })),
});
