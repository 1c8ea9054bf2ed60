import { localFirewall, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-default-deny',
  side: 'device',
  title: 'ufw denies what goes out unless a rule allows it',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [ufw('device', 'default deny outgoing', 'allow out 53', 'allow out 80/tcp')],
  expect: localFirewall(
    { table: 'filter', chain: 'OUTPUT' },
    { kind: 'policy', owner: 'ufw', name: 'ufw "default deny outgoing"' },
  ),
  needs: ['ufw'],
});
