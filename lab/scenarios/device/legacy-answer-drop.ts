import { failed, scenario, undetermined } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'legacy-answer-drop',
  side: 'device',
  title: 'iptables-legacy lets nothing in but its own replies from one network, so the answer is dropped',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -s 203.0.113.0/24 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -s 192.0.2.0/24 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
COMMIT`,
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'policy', rule: { backend: 'iptables-legacy', table: 'filter', chain: 'INPUT' } },
    }),
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path']),
  },
  needs: ['iptables-legacy'],
});
