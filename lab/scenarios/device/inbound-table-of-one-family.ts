import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

// That the rules let IPv6 in opens nothing: nobody listens by IPv6.
export default scenario({
  id: 'inbound-table-of-one-family',
  side: 'device',
  title: 'Asked from outside: a table for IPv4 alone lets nothing in, and the program listens by IPv4 only',
  target: '8080',
  arguments: ['inbound'],
  shows: 'local-firewall',
  nearly: ['reachable', 'listens-on-other-family'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['0.0.0.0'] }] },
  break: [
    nft(
      'device',
      'table inet first {\n chain in {\n  type filter hook input priority -5; policy accept;\n  tcp dport 8080 accept\n }\n}\ntable ip second {\n chain in {\n  type filter hook input priority 0; policy drop;\n  ct state established accept\n  tcp dport 22 accept\n }\n}\n',
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'confirmed', atMost: 'confirmed' },
      culprit: { kind: 'policy', rule: { family: 'ip', table: 'second' } },
    }),
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
