import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, type DockerNetwork } from '../../world/docker-rules.js';
import { iptables, nft, sysctl } from '../../world/steps.js';

// As kube-proxy 1.31 writes it in its mode nftables, for what comes from pods (pkg/proxy/nftables/proxier.go).
const cni0: DockerNetwork = { bridge: 'cni0', gateway: '10.244.0.1/24' };

export default scenario({
  id: 'from-pod-service-without-pods',
  side: 'device',
  title: 'From a pod to a service of Kubernetes without a ready pod: the node refuses what comes from the pod',
  target: '10.96.12.34:80',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'no-backend',
  nearly: ['local-firewall', 'rejected-by-hop', 'nothing-listening'],
  break: [
    attached('other', cni0, '10.244.0.2'),
    sysctl('device', 'net.ipv4.ip_forward=1'),
    iptables('device', '-t nat -A POSTROUTING -s 10.244.0.0/24 ! -o cni0 -j MASQUERADE'),
    nft(
      'device',
      `table ip kube-proxy {
    comment "rules for kube-proxy"
    map no-endpoint-services {
      type ipv4_addr . inet_proto . inet_service : verdict
      elements = { 10.96.12.34 . tcp . 80 comment "default/web:http" : goto reject-chain,
                   10.96.0.10 . tcp . 53 comment "kube-system/kube-dns:dns-tcp" : goto reject-chain }
    }
    chain reject-chain { reject; }
    chain service-endpoints-check { ip daddr . meta l4proto . th dport vmap @no-endpoint-services; }
    chain filter-output { type filter hook output priority -110; policy accept; ct state new jump service-endpoints-check; }
    chain filter-forward { type filter hook forward priority -110; policy accept; ct state new jump service-endpoints-check; }
  }\n`,
    ),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { pods: '10.244.0.2' } }]),
  ],
  expect: both(
    failed('no-backend', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'kubernetes', rule: { table: 'kube-proxy' } },
      innocent: ['local-firewall', 'rejected-by-hop', 'nothing-listening'],
    }),
  ),
  only: 'root',
  needs: ['nft', 'iptables-nft', 'bridge'],
});
