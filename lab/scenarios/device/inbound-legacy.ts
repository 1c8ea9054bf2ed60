import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { iptablesRestore } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-legacy',
  side: 'device',
  title: 'Asked from outside: iptables-legacy rejects the port',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  services: { device: [http(undefined, 8080)] },
  break: [
    iptablesRestore(
      'device',
      `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m multiport --dports 25,8080 -m conntrack --ctstate NEW -j REJECT --reject-with tcp-reset
COMMIT`,
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { rule: { backend: 'iptables-legacy', table: 'filter', chain: 'INPUT', number: 2 } },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['iptables-legacy'],
});
