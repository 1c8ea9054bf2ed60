import { localFirewall, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'iptables-drop',
  side: 'device',
  title: 'iptables (nft backend) drops outgoing HTTPS',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [iptables('device', '-A OUTPUT -p tcp --dport 25 -j DROP', '-A OUTPUT -p tcp --dport 443 -j DROP')],
  expect: localFirewall({ table: 'filter', chain: 'OUTPUT', number: 2 }),
  needs: ['iptables-nft'],
});
