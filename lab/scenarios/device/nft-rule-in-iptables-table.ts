import { localFirewall, scenario } from '../../scenario.js';
import { iptables, nft } from '../../world/steps.js';

const rule = 'ip daddr 198.51.100.0-198.51.100.99 counter';

export default scenario({
  id: 'nft-rule-in-iptables-table',
  side: 'device',
  title: "In iptables' own table a rule of nft drops a range of addresses, which iptables-save prints as one address",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    iptables('device', '-A OUTPUT -p tcp --dport 25 -j DROP'),
    nft('device', `add rule ip filter OUTPUT ${rule} drop comment "office"\n`, {
      block: rule,
    }),
  ],
  expect: localFirewall({ handleOf: 'block', table: 'filter', chain: 'OUTPUT', family: 'ip', backend: 'nft' }),
  needs: ['iptables-nft', 'nft'],
});
