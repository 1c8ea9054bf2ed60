import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';

// Docker leads the port to the container for everybody but for what comes by that container's own bridge (no userland proxy).
export default scenario({
  id: 'from-container-own-published-port',
  side: 'device',
  title:
    "From a container to a port of its machine that is led back to its own network, which Docker's rule leaves out",
  target: '192.168.7.20:8080',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'port-not-published',
  nearly: ['nothing-listening', 'server-firewall', 'local-firewall', 'rejected-by-hop', 'no-route'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    attached('twin', docker0, '172.17.0.3', [{ kind: 'greeting', port: 80, text: 'hello\r\n' }]),
    ...dockerRules([docker0], { publishes: [{ network: docker0, port: 8080, to: '172.17.0.3:80' }] }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    inContainer('shop', 'twin', 'nameserver 203.0.113.53\n'),
    engine([
      { name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } },
      { name: 'shop', pid: 'shop', networks: { bridge: '172.17.0.3' }, publishes: { 80: '0.0.0.0:8080' } },
    ]),
  ],
  expect: both(
    failed('port-not-published', {
      side: 'this-device',
      ...onlyLikely,
      culprit: {
        kind: 'container',
        name: 'shop:80',
        rule: { table: 'nat', chain: 'DOCKER', number: 2, text: /^-A DOCKER ! -i docker0/ },
      },
      innocent: ['local-firewall', 'rejected-by-hop', 'no-route', 'nothing-listening'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
