import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';

// As with "userland-proxy": false, with br_netfilter: then the port of the bridge must be in hairpin mode, which somebody took off.
export default scenario({
  id: 'from-container-hairpin-mode-off',
  side: 'device',
  title:
    'From a container to its own published port by the address of the machine: its bridge sends nothing back where it came from',
  target: '192.168.7.20:8080',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'connection-redirected',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path', 'host-down'],
  break: [
    attached('other', docker0, '172.17.0.2', [{ kind: 'greeting', port: 80, text: 'hello\r\n' }]),
    ...dockerRules([docker0], {
      publishes: [{ network: docker0, port: 8080, to: '172.17.0.2:80' }],
      hairpin: 'translated',
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' }, publishes: { 80: '0.0.0.0:8080' } }]),
  ],
  expect: both(
    failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      evidence: /hairpin mode is off/,
      culprit: { rule: { table: 'nat', chain: 'DOCKER', text: /dport 8080 -j DNAT/ } },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path', 'host-down'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'br-netfilter'],
});
