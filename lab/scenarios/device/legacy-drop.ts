import { failed, localFirewall, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// The kernel's trace shows nothing of iptables-legacy: the rule is found by reading, and counts each of our packets.
export default scenario({
  id: 'legacy-drop',
  side: 'device',
  title: 'iptables-legacy drops outgoing HTTPS in a chain of its own',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:MYCHAIN - [0:0]
-A OUTPUT -p tcp -j MYCHAIN
-A MYCHAIN -p tcp -m tcp --dport 25 -j DROP
-A MYCHAIN -d 198.51.100.0/24 -p tcp -m multiport --dports 80,443 -j DROP
COMMIT`,
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { backend: 'iptables-legacy', table: 'filter', chain: 'MYCHAIN', number: 2 } },
    }),
    user: localFirewall({}).user,
  },
  needs: ['iptables-legacy'],
});
