import { atMostLikely, failed, scenario, undetermined } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { filterRule } from '../../world/steps.js';

// The near miss of from-container-docker-user: the same kind of rule, for somebody else; the server itself is silent.
export default scenario({
  id: 'from-container-docker-user-elsewhere',
  side: 'device',
  title: 'From a container: rules in DOCKER-USER are for others, and the server drops what comes to that port',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'server-firewall',
  nearly: ['local-firewall', 'no-route', 'containers-not-connected'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0], {
      user: ['-d 198.51.100.77/32 -j DROP', '-s 172.17.0.3/32 -p tcp -m tcp --dport 443 -j DROP'],
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: {
    root: {
      anyOf: [
        failed(['server-firewall', 'dropped-on-path'], {
          ...atMostLikely,
          innocent: ['local-firewall', 'no-route', 'containers-not-connected'],
        }),
        undetermined(['server-firewall', 'dropped-on-path'], {
          innocent: ['local-firewall', 'no-route', 'containers-not-connected'],
        }),
      ],
    },
    user: undetermined([]),
  },
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'nft'],
});
