import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// As kube-proxy 1.31 writes it in its mode nftables (pkg/proxy/nftables/proxier.go): a map of services without endpoints.
export default scenario({
  id: 'service-without-pods-nft',
  side: 'device',
  title: 'kube-proxy in its mode nftables refuses a service of Kubernetes that has no ready pod',
  target: '198.51.100.96:80',
  shows: 'no-backend',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [
    nft(
      'device',
      `table ip kube-proxy {
    comment "rules for kube-proxy"
    map no-endpoint-services {
      type ipv4_addr . inet_proto . inet_service : verdict
      comment "vmap to drop or reject packets to services with no endpoints"
      elements = { 198.51.100.96 . tcp . 80 comment "default/web:http" : goto reject-chain,
                   198.51.100.97 . tcp . 80 comment "default/other:http" : goto reject-chain }
    }
    chain reject-chain {
      comment "helper for @no-endpoint-services / @no-endpoint-nodeports"
      reject
    }
    chain service-endpoints-check { ip daddr . meta l4proto . th dport vmap @no-endpoint-services; }
    chain filter-output {
      type filter hook output priority -110; policy accept;
      ct state new jump service-endpoints-check
    }
    chain filter-forward {
      type filter hook forward priority -110; policy accept;
      ct state new jump service-endpoints-check
    }
  }\n`,
    ),
  ],
  expect: {
    root: failed('no-backend', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'kubernetes', rule: { table: 'kube-proxy' } },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['nft'],
});
