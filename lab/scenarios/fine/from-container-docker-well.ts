import { both, reachable, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';

export default scenario({
  id: 'from-container-docker-well',
  side: 'fine',
  title: 'From a container out through all of Docker, its rules for others included',
  target: 'ssh://198.51.100.10',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'reachable',
  nearly: ['local-firewall', 'no-route'],
  break: [],
  distractors: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0], { user: ['-d 198.51.100.0/24 -p tcp -m tcp --dport 443 -j DROP'] }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(reachable),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
