import { failed, onlyLikely, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'legacy-reject-reset',
  side: 'device',
  title: 'A rule of iptables-legacy refuses the port with a reset',
  target: 'http://198.51.100.10/',
  shows: 'local-firewall',
  nearly: ['reset-injected', 'nothing-listening', 'rejected-by-hop'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A OUTPUT -o lo -j ACCEPT
-A OUTPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset
COMMIT
`,
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { backend: 'iptables-legacy', table: 'filter', chain: 'OUTPUT', number: 2 } },
      innocent: ['reset-injected', 'nothing-listening', 'rejected-by-hop'],
    }),
    user: failed('local-firewall', {
      side: 'this-device',
      ...onlyLikely,
      innocent: ['reset-injected', 'nothing-listening', 'rejected-by-hop'],
    }),
  },
  needs: ['iptables-legacy'],
});
