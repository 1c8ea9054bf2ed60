import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, type DockerNetwork } from '../../world/docker-rules.js';
import { iptables, sysctl, ufw } from '../../world/steps.js';

const podman0: DockerNetwork = { bridge: 'cni-podman0', gateway: '10.88.0.1/16' };

export default scenario({
  id: 'from-container-ufw-routed',
  side: 'device',
  title: 'From a container: ufw denies what this machine would pass on',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'no-route'],
  break: [
    attached('other', podman0, '10.88.0.2'),
    ufw('device', 'route deny proto tcp from any to 198.51.100.10 port 443'),
    sysctl('device', 'net.ipv4.ip_forward=1'),
    iptables('device', '-t nat -A POSTROUTING -s 10.88.0.0/16 ! -o cni-podman0 -j MASQUERADE'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { podman: '10.88.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'ufw', rule: { table: 'filter', chain: 'ufw-user-forward' } },
      innocent: ['server-firewall', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['ufw', 'iptables-nft', 'bridge'],
});
