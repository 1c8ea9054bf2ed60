import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'from-container-legacy-drop',
  side: 'device',
  title:
    "From a container: beside Docker's rules (nft) one of iptables-legacy drops what passes through to that server",
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'containers-not-connected'],
  break: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0]),
    iptablesRestore(
      'device',
      '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A FORWARD -d 198.51.100.10/32 -p tcp -m tcp --dport 443 -j DROP\nCOMMIT\n',
      { backend: 'legacy' },
    ),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      innocent: ['server-firewall', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'iptables-legacy', 'bridge'],
});
