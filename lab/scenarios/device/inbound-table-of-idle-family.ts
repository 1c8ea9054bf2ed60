import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'inbound-table-of-idle-family',
  side: 'device',
  title: 'Asked from outside: a table for IPv6 alone lets nothing in, and the program listens by IPv4 only',
  target: '8080',
  arguments: ['inbound'],
  shows: 'reachable',
  nearly: ['local-firewall'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['0.0.0.0'] }] },
  break: [],
  distractors: [
    nft('device', 'table ip6 lab {\n chain in {\n  type filter hook input priority 0; policy drop;\n }\n}\n'),
  ],
  expect: {
    root: reachable,
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
