import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules, type DockerNetwork } from '../../world/docker-rules.js';
import { iptables } from '../../world/steps.js';

// Docker sets the policy of FORWARD to DROP when it starts, and lets only its own networks pass: others' are cut off.
const br0: DockerNetwork = { bridge: 'br0', gateway: '10.77.0.1/16' };

export default scenario({
  id: 'from-container-forward-policy',
  side: 'device',
  title: 'From a container on a bridge made by hand: the policy that Docker gave FORWARD drops what it sends',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'no-route'],
  break: [
    attached('other', br0, '10.77.0.2'),
    ...dockerRules([docker0]),
    iptables('device', '-t nat -A POSTROUTING -s 10.77.0.0/16 ! -o br0 -j MASQUERADE'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { lan: '10.77.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { table: 'filter', chain: 'FORWARD' } },
      evidence: /policy drops it/,
      innocent: ['server-firewall', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
