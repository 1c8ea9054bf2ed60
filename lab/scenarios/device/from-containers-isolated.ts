import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, backend, docker0, dockerRules } from '../../world/docker-rules.js';

export default scenario({
  id: 'from-containers-isolated',
  side: 'device',
  title: 'From a container to another by its address: Docker keeps their networks apart by rules of the machine',
  target: '172.18.0.3:5432',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'containers-not-connected',
  nearly: ['local-firewall', 'server-firewall', 'host-down'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    attached('twin', backend, '172.18.0.3', [{ kind: 'greeting', port: 5432, text: 'hello\r\n' }]),
    ...dockerRules([docker0, backend]),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    inContainer('db', 'twin', 'nameserver 203.0.113.53\n'),
    engine([
      { name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } },
      { name: 'db', pid: 'db', networks: { backend: '172.18.0.3' }, exposes: [5432] },
    ]),
  ],
  expect: both(
    failed('containers-not-connected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'docker', rule: { table: 'filter', chain: 'DOCKER-ISOLATION-STAGE-2' } },
      innocent: ['local-firewall', 'host-down', 'server-firewall', 'nothing-listening'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
