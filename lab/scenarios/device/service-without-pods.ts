import { failed, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'service-without-pods',
  side: 'device',
  title: 'kube-proxy refuses a service of Kubernetes that has no ready pod',
  target: '198.51.100.96:80',
  shows: 'no-backend',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:OUTPUT ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-FIREWALL - [0:0]
-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -j KUBE-FIREWALL
-A KUBE-FIREWALL -m comment --comment "kubernetes firewall for dropping marked packets" -m mark --mark 0x8000/0x8000 -j DROP
-A KUBE-SERVICES -d 198.51.100.97/32 -p tcp -m comment --comment "default/other:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable
-A KUBE-SERVICES -d 198.51.100.96/32 -p tcp -m comment --comment "default/web:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable
COMMIT`,
    ),
  ],
  expect: {
    root: failed('no-backend', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: {
        owner: 'kubernetes',
        name: 'default/web',
        rule: { table: 'filter', chain: 'KUBE-SERVICES', number: 2 },
      },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['iptables-nft'],
});
