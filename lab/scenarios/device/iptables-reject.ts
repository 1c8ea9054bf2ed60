import { localFirewall, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'iptables-reject',
  side: 'device',
  title: 'iptables rejects by a chain of its own',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    iptables(
      'device',
      '-N BLOCKED',
      '-A BLOCKED -d 198.51.100.0/24 -j REJECT --reject-with icmp-admin-prohibited',
      '-A OUTPUT -p tcp -j BLOCKED',
    ),
  ],
  expect: localFirewall({ table: 'filter', chain: 'BLOCKED', number: 1 }),
  needs: ['iptables-nft'],
});
