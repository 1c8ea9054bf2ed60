import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'dns-blocked',
  side: 'device',
  title: 'A rule drops questions to resolvers: the missing name is only its symptom',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  nearly: ['resolver-unreachable', 'name-does-not-exist'],
  break: [filterRule('device', 'output', 'meta l4proto { tcp, udp } th dport 53 drop', { labelText: 'th dport 53' })],
  expect: localFirewall({ handleOf: 'block', chain: 'output' }),
  needs: ['nft'],
});
