import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'from-container-to-machine-ufw',
  side: 'device',
  title: 'From a container to a service of its own machine: ufw lets nothing in from there',
  target: '172.17.0.1:8080',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'server-firewall', 'host-down', 'gateway-unreachable'],
  services: { device: [{ kind: 'greeting', port: 8080, text: 'hello\r\n' }] },
  break: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0]),
    ufw('device', 'allow 22/tcp'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'ufw' },
      innocent: ['nothing-listening', 'server-firewall', 'host-down', 'gateway-unreachable'],
    }),
  ),
  only: 'root',
  needs: ['ufw', 'iptables-nft', 'bridge'],
});
