import { localFirewall, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'only-through-one-interface',
  side: 'device',
  title: 'A rule lets HTTPS out by one network card only, and that is not the one in use: no VPN has to do with it',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks'],
  break: [iptables('device', '-A OUTPUT ! -o eth1 -p tcp --dport 443 -j REJECT')],
  expect: localFirewall({ table: 'filter', chain: 'OUTPUT', number: 1 }),
  needs: ['iptables-nft'],
});
