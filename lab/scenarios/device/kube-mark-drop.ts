import { localFirewall, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'kube-mark-drop',
  side: 'device',
  title: 'A node of Kubernetes whose services are all served; a rule before them drops the connection',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['no-backend'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:OUTPUT ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -d 198.51.100.0/24 -p tcp -m comment --comment "shop has no endpoints of ours" -m tcp --dport 443 -j DROP
-A KUBE-SERVICES -d 198.51.100.97/32 -p tcp -m comment --comment "default/other:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable
COMMIT`,
    ),
  ],
  expect: localFirewall({ table: 'filter', chain: 'OUTPUT', number: 2, backend: 'iptables-nft' }),
  needs: ['iptables-nft'],
});
