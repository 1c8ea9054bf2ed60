import { failed, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// The near miss of service-without-pods: this service has a ready pod, beside one that has none; the pod's port is closed.
export default scenario({
  id: 'service-pod-refuses',
  side: 'device',
  title: 'kube-proxy leads a service of Kubernetes to its pod, in which nothing listens; another service has no pod',
  target: '198.51.100.96:80',
  shows: 'connection-redirected',
  nearly: ['no-backend', 'local-firewall', 'app-policy'],
  break: [
    iptablesRestore(
      'device',
      `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-SEP-2EXAMPLE7QWERTYU - [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-SVC-4EXAMPLE2ASDFGHJ - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-SEP-2EXAMPLE7QWERTYU -s 198.51.100.10/32 -m comment --comment "default/web:http" -j KUBE-MARK-MASQ
-A KUBE-SEP-2EXAMPLE7QWERTYU -p tcp -m comment --comment "default/web:http" -m tcp -j DNAT --to-destination 198.51.100.10:81
-A KUBE-SERVICES -d 198.51.100.96/32 -p tcp -m comment --comment "default/web:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-4EXAMPLE2ASDFGHJ
-A KUBE-SVC-4EXAMPLE2ASDFGHJ ! -s 10.244.0.0/16 -d 198.51.100.96/32 -p tcp -m comment --comment "default/web:http cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ
-A KUBE-SVC-4EXAMPLE2ASDFGHJ -m comment --comment "default/web:http -> 198.51.100.10:81" -j KUBE-SEP-2EXAMPLE7QWERTYU
COMMIT
*filter
:OUTPUT ACCEPT [0:0]
:KUBE-FIREWALL - [0:0]
:KUBE-SERVICES - [0:0]
-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -j KUBE-FIREWALL
-A KUBE-FIREWALL -m comment --comment "kubernetes firewall for dropping marked packets" -m mark --mark 0x8000/0x8000 -j DROP
-A KUBE-SERVICES -d 198.51.100.97/32 -p tcp -m comment --comment "default/other:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable
COMMIT`,
    ),
  ],
  expect: {
    root: failed(['connection-redirected', 'nothing-listening'], {
      innocent: ['no-backend', 'local-firewall', 'app-policy'],
    }),
    user: failed(['connection-redirected', 'nothing-listening'], {
      certainty: { atMost: 'likely' },
      innocent: ['no-backend', 'local-firewall', 'app-policy'],
    }),
  },
  needs: ['iptables-nft'],
});
