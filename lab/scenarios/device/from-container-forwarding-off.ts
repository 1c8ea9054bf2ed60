import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'from-container-forwarding-off',
  side: 'device',
  title: 'From a container: somebody switched off that this machine passes packets on',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'no-route',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path', 'internet-down'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0]),
    sysctl('device', 'net.ipv4.ip_forward=0'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: /ip_forward/ },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path', 'internet-down', 'gateway-unreachable'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
