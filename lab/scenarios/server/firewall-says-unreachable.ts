import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'firewall-says-unreachable',
  side: 'server',
  title: 'The firewall of the server refuses the port in the words of a router: host unreachable',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['no-backend', 'host-down', 'unreachable-by-hop'],
  break: [filterRule('server', 'input', 'tcp dport 443 reject with icmp type host-unreachable', { labelText: '443' })],
  expect: both(undetermined(['server-firewall', 'no-backend'], { side: 'server', innocent: ['host-down'] })),
  needs: ['nft'],
});
