import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'conntrack-half-full',
  side: 'device',
  title: 'A rule that remembers connections drops ours; the table has room',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['conntrack-table-full'],
  break: [filterRule('device', 'output', 'ct state new tcp dport 443 drop', { labelText: 'tcp dport 443' })],
  expect: localFirewall({ handleOf: 'block' }),
  needs: ['nft'],
});
