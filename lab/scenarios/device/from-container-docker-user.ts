import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';

export default scenario({
  id: 'from-container-docker-user',
  side: 'device',
  title: 'From a container: a rule of this machine in DOCKER-USER drops what it sends to that server',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'containers-not-connected'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0], {
      user: ['-d 198.51.100.77/32 -j DROP', '-d 198.51.100.0/24 -p tcp -m tcp --dport 443 -j DROP'],
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'firewall-rule',
        owner: 'docker',
        rule: { table: 'filter', chain: 'DOCKER-USER', number: 2, text: /dport 443 -j DROP/ },
      },
      evidence: /around the container's/,
      innocent: ['server-firewall', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
