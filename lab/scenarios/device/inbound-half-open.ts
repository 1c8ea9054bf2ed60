import { both, failed, scenario } from '../../scenario.js';
import { flood, listening } from '../../world/products.js';
import { sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-half-open',
  side: 'device',
  title: 'Asked from outside: the queue of half-open connections is full, and the kernel makes no SYN cookies',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'server-overloaded',
  nearly: ['local-firewall'],
  break: [
    sysctl('device', 'net.ipv4.tcp_syncookies=0'),
    listening('device', '0.0.0.0:8080', 2),
    ...flood('home', ADDRESS.device, 8080),
  ],
  expect: both(
    failed('server-overloaded', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'limit', name: /of 2$/ },
    }),
  ),
  needs: ['nft'],
});
