import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, type DockerNetwork } from '../../world/docker-rules.js';
import { firewalld, iptables, sysctl } from '../../world/steps.js';

const podman0: DockerNetwork = { bridge: 'cni-podman0', gateway: '10.88.0.1/16' };

export default scenario({
  id: 'from-container-firewalld',
  side: 'device',
  title: 'From a container: firewalld passes nothing on between its zones',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['rejected-by-hop', 'gateway-unreachable', 'no-route'],
  break: [
    attached('other', podman0, '10.88.0.2'),
    firewalld('device', '--zone=public --add-interface=eth0', '--zone=work --add-interface=cni-podman0'),
    sysctl('device', 'net.ipv4.ip_forward=1'),
    iptables('device', '-t nat -A POSTROUTING -s 10.88.0.0/16 ! -o cni-podman0 -j MASQUERADE'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { podman: '10.88.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'firewalld', rule: { table: 'firewalld' } },
      innocent: ['rejected-by-hop', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['firewalld', 'iptables-nft', 'bridge'],
});
