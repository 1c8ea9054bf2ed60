import { localFirewall, scenario } from '../../scenario.js';
import { firewalld } from '../../world/steps.js';

export default scenario({
  id: 'firewalld-direct-rule',
  side: 'device',
  title: 'A direct rule of firewalld drops outgoing HTTPS',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [firewalld('device', '--direct --add-rule ipv4 filter OUTPUT 0 -p tcp --dport 443 -j DROP')],
  expect: localFirewall({ family: 'ip', table: 'filter', chain: 'OUTPUT' }),
  needs: ['firewalld'],
});
