import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The near miss of service-without-pods-nft: this service has a ready pod, beside one that has none; the pod's port is closed.
export default scenario({
  id: 'service-pod-refuses-nft',
  side: 'device',
  title:
    'kube-proxy in its mode nftables leads a service of Kubernetes to its pod, in which nothing listens; another service has no pod',
  target: '198.51.100.96:80',
  shows: 'connection-redirected',
  nearly: ['no-backend', 'local-firewall', 'app-policy'],
  break: [
    nft(
      'device',
      `table ip kube-proxy {
    comment "rules for kube-proxy"
    map no-endpoint-services {
      type ipv4_addr . inet_proto . inet_service : verdict
      elements = { 198.51.100.97 . tcp . 80 comment "default/other:http" : goto reject-chain }
    }
    map service-ips {
      type ipv4_addr . inet_proto . inet_service : verdict
      elements = { 198.51.100.96 . tcp . 80 comment "default/web:http" : goto service-EXAMPLE2-default/web/tcp/http }
    }
    chain reject-chain { reject; }
    chain service-endpoints-check { ip daddr . meta l4proto . th dport vmap @no-endpoint-services; }
    chain filter-output { type filter hook output priority -110; policy accept; ct state new jump service-endpoints-check; }
    chain endpoint-EXAMPLE7-default/web/tcp/http__198.51.100.10/81 {
      ip saddr 198.51.100.10 jump mark-for-masquerade
      meta l4proto tcp dnat to 198.51.100.10:81
    }
    chain service-EXAMPLE2-default/web/tcp/http {
      ip daddr 198.51.100.96 tcp dport 80 ip saddr != 10.244.0.0/16 jump mark-for-masquerade
      numgen random mod 1 vmap { 0 : goto endpoint-EXAMPLE7-default/web/tcp/http__198.51.100.10/81 }
    }
    chain mark-for-masquerade { meta mark set meta mark or 0x4000; }
    chain services { ip daddr . meta l4proto . th dport vmap @service-ips; }
    chain nat-output { type nat hook output priority -100; policy accept; jump services; }
    chain masquerading { meta mark and 0x4000 == 0 return; meta mark set meta mark xor 0x4000; masquerade fully-random; }
    chain nat-postrouting { type nat hook postrouting priority 100; policy accept; jump masquerading; }
  }\n`,
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
  needs: ['nft'],
});
