import { reachable, scenario, undetermined } from '../../scenario.js';
import { flood, listening } from '../../world/products.js';
import { sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-syn-cookies',
  side: 'device',
  title: 'Asked from outside: the queue of half-open connections is full, and SYN cookies answer all the same',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['server-overloaded'],
  break: [],
  distractors: [
    sysctl('device', 'net.ipv4.tcp_syncookies=1'),
    listening('device', '0.0.0.0:8080', 2),
    ...flood('home', ADDRESS.device, 8080),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall'], { innocent: ['server-overloaded'] }) },
  needs: ['nft'],
});
