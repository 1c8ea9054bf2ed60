import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { sysctl } from '../../world/steps.js';

// As with "userland-proxy": false, where no rule gives it the machine's address: the other one answers past the machine.
export default scenario({
  id: 'from-container-hairpin-to-neighbour',
  side: 'device',
  title:
    'From a container to the published port of another of its network by the address of the machine: the answer comes from elsewhere',
  target: '192.168.7.20:8080',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'connection-redirected',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path', 'host-down'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    attached('twin', docker0, '172.17.0.3', [{ kind: 'greeting', port: 80, text: 'hello\r\n' }]),
    // What stays on one bridge passes no rule then.
    sysctl('device', 'net.bridge.bridge-nf-call-iptables=0'),
    ...dockerRules([docker0], {
      publishes: [{ network: docker0, port: 8080, to: '172.17.0.3:80' }],
      hairpin: 'untranslated',
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    inContainer('shop', 'twin', 'nameserver 203.0.113.53\n'),
    engine([
      { name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } },
      { name: 'shop', pid: 'shop', networks: { bridge: '172.17.0.3' }, publishes: { 80: '0.0.0.0:8080' } },
    ]),
  ],
  expect: both(
    failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { rule: { table: 'nat', chain: 'DOCKER', text: /dport 8080 -j DNAT/ } },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path', 'host-down'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'br-netfilter'],
});
