import { both, scenario, undetermined } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { filterRule, iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'from-container-legacy-elsewhere',
  side: 'server',
  title: 'From a container: the server drops, and a rule of iptables-legacy of this computer is for another server',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'server-firewall',
  nearly: ['local-firewall', 'containers-not-connected'],
  break: [
    filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'dport 443 drop' }),
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0]),
    iptablesRestore(
      'device',
      '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A FORWARD -d 198.51.100.99/32 -p tcp -m tcp --dport 443 -j DROP\nCOMMIT\n',
      { backend: 'legacy' },
    ),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: both(
    undetermined(['server-firewall'], { innocent: ['local-firewall', 'containers-not-connected', 'no-route'] }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'iptables-legacy', 'bridge', 'nft'],
});
