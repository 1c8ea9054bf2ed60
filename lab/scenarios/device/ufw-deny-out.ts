import { localFirewall, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-deny-out',
  side: 'device',
  title: 'ufw denies outgoing HTTPS',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  break: [ufw('device', 'allow out 22/tcp', 'deny out 443/tcp')],
  expect: localFirewall({ table: 'filter', chain: 'ufw-user-output' }, { owner: 'ufw' }),
  needs: ['ufw'],
});
