import { localFirewall, scenario } from '../../scenario.js';
import { firewalld, ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-beside-firewalld',
  side: 'device',
  title: 'Both ufw and firewalld run; a rule of ufw denies it, and firewalld has nothing to say',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['security-software-conflict'],
  // In this order: firewalld empties the tables of iptables when it starts.
  break: [firewalld('device', '--add-port=8080/tcp'), ufw('device', 'deny out 443/tcp')],
  expect: localFirewall({ table: 'filter', chain: 'ufw-user-output' }, { owner: 'ufw' }),
  needs: ['ufw', 'firewalld'],
});
